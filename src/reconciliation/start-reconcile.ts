import { join } from 'node:path';
import type { Pool } from 'pg';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { CheckpointGuard } from '../audit/checkpoint-guard.js';
import { PostgresLogReader } from '../audit/log-reader.postgres.js';
import { readLogSigner } from '../audit/log-signer.js';
import type { LogStore } from '../audit/log-store.js';
import { PostgresLogStore } from '../audit/log-store.postgres.js';
import { PostgresRetrievalReader } from '../audit/retrieval-reader.postgres.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { loadCatalogue } from '../catalogue/load-catalogue.js';
import { SystemClock } from '../platform/clock.js';
import { processSettings, readConfig, text } from '../platform/config.js';
import { operationalLog } from '../platform/operational-log.js';
import { openPool } from '../platform/pool.js';
import { REGISTER_PROTOS } from '../platform/proto.js';
import type { RegisterServiceClient } from '../platform/rpc-types/einmal/register/v1/RegisterService.js';
import { StartFault } from '../platform/run-process.js';
import { readTlsIdentity } from '../platform/tls.js';
import { Peers } from '../registers/peers.js';
import { DirectoryKeyVault } from '../vault/key-vault.directory.js';
import type { KeyVault } from '../vault/key-vault.js';
import { comparableAfterMs, isComparable, toleranceSeconds } from './comparable.js';
import { type Reconciled, Reconciliation } from './reconciliation.js';
import { ReconciliationJournal } from './reconciliation-journal.js';
import { GrpcRegisterLog } from './register-log.grpc.js';
import type { Period } from './register-log.js';
import { PostgresRunLines } from './run-lines.postgres.js';

export type ReconcileGrounds = Readonly<{
  pool: Pool;
  store: LogStore;
  vault: KeyVault;
  peers: Peers;
  catalogue: CurrentCatalogue;
  /** Participant that runs the log. */
  node: string;
  toleranceMs: number;
}>;

/** The object graph of a comparison, in a node or beside it. */
export function buildReconciliation(grounds: ReconcileGrounds): Reconciliation {
  const { pool, store, vault, peers, catalogue, node, toleranceMs } = grounds;
  const clientOf = (register: string) =>
    peers.client<RegisterServiceClient>(
      REGISTER_PROTOS,
      'einmal.register.v1.RegisterService',
      catalogue.lookup.register(register)?.participant ?? register,
    );
  return new Reconciliation({
    registerLog: new GrpcRegisterLog(clientOf),
    retrievals: new PostgresRetrievalReader(pool),
    vault,
    lines: new PostgresRunLines(pool),
    journal: new ReconciliationJournal(store, node),
    toleranceMs,
  });
}

/** Environment of a comparison: that of the node. */
function readReconcileConfig(environment?: Readonly<Record<string, string | undefined>>) {
  const { participant, catalogueFolder, keyFolder, databaseUrl, logLevel } = processSettings;
  return readConfig(
    {
      ...{ participant, catalogueFolder, keyFolder, databaseUrl, logLevel },
      logOrigin: text('EINMAL_LOG_ORIGIN'),
      checkpointFile: text('EINMAL_CHECKPOINT_FILE'),
      toleranceSeconds,
    },
    environment,
  );
}

/**
 * `einmal audit reconcile`: compares the log with that of one register over any period that is over. Runs beside nodes or
 * without any, as the node, whose certificate the register knows.
 *
 * @throws StartFault for what cannot be compared, RegisterLogSilent where the register does not tell
 * @public
 */
export async function startReconcile(
  register: string,
  period: Period,
  environment?: Readonly<Record<string, string | undefined>>,
): Promise<Reconciled> {
  const config = readReconcileConfig(environment);
  const catalogue = new CurrentCatalogue(loadCatalogue({ folder: config.catalogueFolder }));
  if (catalogue.lookup.register(register) === undefined)
    throw new StartFault(`the catalogue has no register "${register}"`);
  const toleranceMs = config.toleranceSeconds * 1000;
  const pool = openPool(config.databaseUrl, { max: 2, log: operationalLog(config.participant, config.logLevel) });
  const peers = new Peers(catalogue, readTlsIdentity(config.keyFolder));
  try {
    const nowMs = await new PostgresLogReader(pool).now();
    if (!isComparable(period, nowMs, toleranceMs)) {
      const newest = new Date(nowMs - comparableAfterMs(toleranceMs)).toISOString();
      throw new StartFault(`the period is not over yet: what was before ${newest} can be compared now`);
    }
    const signer = await readLogSigner(config.keyFolder, config.logOrigin);
    const vault = new DirectoryKeyVault(join(config.keyFolder, 'vault'));
    const store = new PostgresLogStore({ pool, signer, vault, clock: new SystemClock() });
    // Nothing is appended to a log that was rolled back.
    await new CheckpointGuard(config.checkpointFile, ed25519Verifier(signer.vkey)).check(store);
    const grounds = { pool, store, vault, peers, catalogue, node: config.participant, toleranceMs };
    return await buildReconciliation(grounds).run(register, period, { signal: new AbortController().signal });
  } finally {
    peers.close();
    await pool.end();
  }
}

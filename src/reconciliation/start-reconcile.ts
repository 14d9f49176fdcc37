import type { Pool } from 'pg';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { CheckpointGuard } from '../audit/checkpoint-guard.js';
import { checkState } from '../audit/known-state.js';
import { PostgresLogReader } from '../audit/log-reader.postgres.js';
import { readLogSigner } from '../audit/log-signer.js';
import type { LogStore } from '../audit/log-store.js';
import { PostgresLogStore } from '../audit/log-store.postgres.js';
import { PostgresRetrievalReader } from '../audit/retrieval-reader.postgres.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { GovernanceStart } from '../governance/start-governance.js';
import { SystemClock } from '../platform/clock.js';
import { processSettings, readConfig } from '../platform/config.js';
import { operationalLog } from '../platform/operational-log.js';
import { openPool } from '../platform/pool.js';
import { REGISTER_PROTOS } from '../platform/proto.js';
import type { RegisterServiceClient } from '../platform/rpc-types/einmal/register/v1/RegisterService.js';
import { Opened, StartFault } from '../platform/run-process.js';
import { readTlsIdentity } from '../platform/tls.js';
import { Peers } from '../registers/peers.js';
import type { KeyVault } from '../vault/key-vault.js';
import { startVault, vaultFaults, vaultSettings } from '../vault/start-vault.js';
import { comparableAfterMs, isComparable, toleranceSeconds } from './comparable.js';
import { type Reconciled, Reconciliation } from './reconciliation.js';
import { ReconciliationJournal } from './reconciliation-journal.js';
import { GrpcRegisterLog } from './register-log.grpc.js';
import type { Period, RegisterLog } from './register-log.js';
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

/** The logs of registers, over the connections of the node. */
export function registerLog({ peers, catalogue }: Pick<ReconcileGrounds, 'peers' | 'catalogue'>): RegisterLog {
  return new GrpcRegisterLog((register) =>
    peers.client<RegisterServiceClient>(
      REGISTER_PROTOS,
      'einmal.register.v1.RegisterService',
      catalogue.lookup.register(register)?.participant ?? register,
    ),
  );
}

/** The object graph of a comparison, in a node or beside it. */
export function buildReconciliation(grounds: ReconcileGrounds): Reconciliation {
  const { pool, store, vault, node, toleranceMs } = grounds;
  return new Reconciliation({
    registerLog: registerLog(grounds),
    retrievals: new PostgresRetrievalReader(pool),
    vault,
    lines: new PostgresRunLines(pool),
    journal: new ReconciliationJournal(store, node),
    toleranceMs,
  });
}

/** Environment of a comparison: that of the node. */
function readReconcileConfig(environment?: Readonly<Record<string, string | undefined>>) {
  const { participant, catalogueFolder, databaseUrl, logLevel } = processSettings;
  return readConfig(
    { ...{ participant, catalogueFolder, databaseUrl, logLevel }, ...vaultSettings, toleranceSeconds },
    environment,
    vaultFaults,
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
  const toleranceMs = config.toleranceSeconds * 1000;
  const log = operationalLog(config.participant, config.logLevel);
  const opened = new Opened();
  try {
    const pool = openPool(config.databaseUrl, { max: 2, log });
    opened.onClose(() => pool.end());
    const { current: catalogue } = await GovernanceStart.read(config.catalogueFolder, pool, log);
    if (catalogue.lookup.register(register) === undefined)
      throw new StartFault(`the catalogue has no register "${register}"`);
    const peers = new Peers(catalogue, readTlsIdentity(config.keyFolder));
    opened.onClose(() => peers.close());
    const nowMs = await new PostgresLogReader(pool).now();
    if (!isComparable(period, nowMs, toleranceMs)) {
      const newest = new Date(nowMs - comparableAfterMs(toleranceMs)).toISOString();
      throw new StartFault(`the period is not over yet: what was before ${newest} can be compared now`);
    }
    const signer = await readLogSigner(config.keyFolder, config.logOrigin);
    const { keys: vault, checkpoints, logs } = startVault(config, log, opened);
    const guard = new CheckpointGuard(checkpoints, ed25519Verifier(signer.vkey), { log });
    opened.onClose(() => guard.flush());
    const store = new PostgresLogStore({ pool, signer, vault, clock: new SystemClock(), guard, log });
    const reader = new PostgresLogReader(pool);
    // Nothing is appended to a log that was rolled back.
    await checkState({
      ...{ store, reader, guard, logs },
      origin: config.logOrigin,
      backupMaxAgeDays: config.backupMaxAgeDays,
    });
    const grounds = { pool, store, vault, peers, catalogue, node: config.participant, toleranceMs };
    return await buildReconciliation(grounds).run(register, period, { signal: new AbortController().signal });
  } finally {
    await opened.close();
  }
}

import { Pool } from 'pg';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { AuditLog } from '../audit/audit-log.js';
import { CheckpointGuard } from '../audit/checkpoint-guard.js';
import { checkState, rememberReached } from '../audit/known-state.js';
import { PostgresLogReader } from '../audit/log-reader.postgres.js';
import { readLogSigner } from '../audit/log-signer.js';
import { PostgresLogStore } from '../audit/log-store.postgres.js';
import type { ErasureStatement } from '../audit/record.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { GovernanceStart } from '../governance/start-governance.js';
import { SystemClock } from '../platform/clock.js';
import { readConfig, text } from '../platform/config.js';
import { operationalLog } from '../platform/operational-log.js';
import { Opened } from '../platform/run-process.js';
import { startVault, vaultFaults, vaultSettings } from '../vault/start-vault.js';
import { PostgresEraser } from './eraser.postgres.js';
import { Erasure } from './erasure.js';
import { retentionOf } from './retention.js';
import { recordsOf, type SingleErasure } from './right-to-erasure.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Environment of an erasure: that of the node, and the login of the purge. */
function readErasureConfig(environment?: Environment) {
  return readConfig(
    {
      participant: text('EINMAL_PARTICIPANT'),
      catalogueFolder: text('EINMAL_CATALOGUE'),
      databaseUrl: text('DATABASE_URL'),
      purgeDatabaseUrl: text('EINMAL_PURGE_DATABASE_URL'),
      ...vaultSettings,
    },
    environment,
    vaultFaults,
  );
}

/**
 * `einmal audit purge`: erases what is older than its class allows, and again what a restore brought back. Runs beside
 * nodes or without any; writes its entries as the node, erases as the role of the purge. Terms are those of the catalogue in
 * force, which two persons decided on: who may edit a folder alone shortens none.
 */
export function startPurge(environment?: Environment): Promise<readonly ErasureStatement[]> {
  return withErasure(environment, async ({ erasure, inForce }) => erasure.purge(retentionOf(await inForce())));
}

/** `einmal audit erase`: erases single records before their time, where the law gives the person a right to it. */
export function startErase(order: SingleErasure, environment?: Environment): Promise<readonly ErasureStatement[]> {
  return withErasure(environment, async ({ erasure, reader }) => erasure.erase(await recordsOf(order, reader), order));
}

type Work = Readonly<{ erasure: Erasure; reader: PostgresLogReader; inForce: () => Promise<Catalogue> }>;

async function withErasure<Result>(
  environment: Environment | undefined,
  work: (work: Work) => Promise<Result>,
): Promise<Result> {
  const { catalogueFolder, participant: node, ...config } = readErasureConfig(environment);
  const opened = new Opened();
  try {
    const [pool, purge] = [config.databaseUrl, config.purgeDatabaseUrl].map((url) => poolOf(url, opened));
    if (pool === undefined || purge === undefined) throw new TypeError('two pools for two logins');
    const log = operationalLog(node, 'warn');
    const clock = new SystemClock();
    const signer = await readLogSigner(config.keyFolder, config.logOrigin);
    const { keys: vault, tombstones, checkpoints, logs } = startVault(config, log, opened);
    const guard = new CheckpointGuard(checkpoints, ed25519Verifier(signer.vkey), { log });
    opened.onClose(() => guard.flush());
    const store = new PostgresLogStore({ pool, signer, vault, clock, guard, log });
    const reader = new PostgresLogReader(pool);
    const state = { store, reader, guard, logs, origin: config.logOrigin, backupMaxAgeDays: config.backupMaxAgeDays };
    // Nothing is appended to a log that was rolled back.
    await checkState(state);
    const eraser = new PostgresEraser(purge);
    const erasure = new Erasure({ reader, audit: new AuditLog(store), eraser, vault, tombstones, clock, node });
    const inForce = async () => (await GovernanceStart.read(catalogueFolder, pool, log)).current.catalogue;
    const result = await work({ erasure, reader, inForce });
    await rememberReached(state);
    return result;
  } finally {
    await opened.close();
  }
}

function poolOf(connectionString: string, opened: Opened): Pool {
  const pool = new Pool({ connectionString, max: 2, connectionTimeoutMillis: 5000 });
  // A connection that breaks between two statements must not end the process; the next statement says so.
  pool.on('error', () => undefined);
  opened.onClose(() => pool.end());
  return pool;
}

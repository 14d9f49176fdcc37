import { join } from 'node:path';
import { Pool } from 'pg';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { AuditLog } from '../audit/audit-log.js';
import { CheckpointGuard } from '../audit/checkpoint-guard.js';
import { PostgresLogReader } from '../audit/log-reader.postgres.js';
import { readLogSigner } from '../audit/log-signer.js';
import { PostgresLogStore } from '../audit/log-store.postgres.js';
import type { ErasureStatement } from '../audit/record.js';
import { SystemClock } from '../platform/clock.js';
import { readConfig, type Setting, text } from '../platform/config.js';
import { DirectoryKeyVault } from '../vault/key-vault.directory.js';
import { DirectoryTombstones } from '../vault/tombstones.directory.js';
import { PostgresEraser } from './eraser.postgres.js';
import { Erasure } from './erasure.js';
import { parseRetention, type Retention } from './retention.js';

const retention: Setting<Retention> = {
  variable: 'EINMAL_RETENTION_MONTHS',
  read: (value) => parseRetention(value ?? 'standard=24') ?? { fault: 'must be like standard=24,incident=36' },
};

/** Environment of a purge: that of the node, and the login of the purge. */
function readPurgeConfig(environment?: Readonly<Record<string, string | undefined>>) {
  return readConfig(
    {
      participant: text('EINMAL_PARTICIPANT'),
      keyFolder: text('EINMAL_KEYS'),
      databaseUrl: text('DATABASE_URL'),
      logOrigin: text('EINMAL_LOG_ORIGIN'),
      checkpointFile: text('EINMAL_CHECKPOINT_FILE'),
      purgeDatabaseUrl: text('EINMAL_PURGE_DATABASE_URL'),
      retention,
    },
    environment,
  );
}

/**
 * `einmal audit purge`: erases what is older than its class allows, and again what a restore brought back. Runs beside
 * nodes or without any; writes its entries as the node, erases as the role of the purge.
 *
 * @public
 */
export async function startPurge(
  environment?: Readonly<Record<string, string | undefined>>,
): Promise<readonly ErasureStatement[]> {
  const config = readPurgeConfig(environment);
  const [pool, purge] = [config.databaseUrl, config.purgeDatabaseUrl].map(poolOf);
  if (pool === undefined || purge === undefined) throw new TypeError('two pools for two logins');
  try {
    const clock = new SystemClock();
    const signer = await readLogSigner(config.keyFolder, config.logOrigin);
    const vaultFolder = join(config.keyFolder, 'vault');
    const vault = new DirectoryKeyVault(vaultFolder);
    const store = new PostgresLogStore({ pool, signer, vault, clock });
    // Nothing is appended to a log that was rolled back.
    await new CheckpointGuard(config.checkpointFile, ed25519Verifier(signer.vkey)).check(store);
    const erasure = new Erasure({
      reader: new PostgresLogReader(pool),
      audit: new AuditLog(store),
      eraser: new PostgresEraser(purge),
      vault,
      tombstones: new DirectoryTombstones(join(vaultFolder, 'tombstones')),
      clock,
      node: config.participant,
    });
    return await erasure.purge(config.retention);
  } finally {
    await Promise.all([pool.end(), purge.end()]);
  }
}

function poolOf(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 2, connectionTimeoutMillis: 5000 });
  // A connection that breaks between two statements must not end the process; the next statement says so.
  pool.on('error', () => undefined);
  return pool;
}

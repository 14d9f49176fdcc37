import pg from 'pg';
import { ed25519Verifier, type NoteSigner } from '#libs/tlog/signed-note.js';
import { CheckpointGuard } from '../audit/checkpoint-guard.js';
import { checkState, type KnownState } from '../audit/known-state.js';
import { PostgresLogReader } from '../audit/log-reader.postgres.js';
import { readLogSigner } from '../audit/log-signer.js';
import { PostgresLogStore } from '../audit/log-store.postgres.js';
import { RollbackDetected } from '../audit/rollback.js';
import { SystemClock } from '../platform/clock.js';
import { readConfig, text } from '../platform/config.js';
import { operationalLog } from '../platform/operational-log.js';
import { Opened } from '../platform/run-process.js';
import { startVault, type Vault, type VaultConfig, vaultFaults, vaultSettings } from '../vault/start-vault.js';
import { checkArchive, checkBackup } from './base-backup.js';
import { diagnose } from './diagnosis.js';
import { type ReplayOrder, replayWal } from './replay-wal.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What `recover` works on: that of the node whose log was rolled back. */
export const logSettings = {
  participant: text('EINMAL_PARTICIPANT'),
  databaseUrl: text('DATABASE_URL'),
  ...vaultSettings,
} as const;

/** The old log, opened with the rights of its node. */
export type OldLog = Readonly<{ signer: NoteSigner; vault: Vault; stateOf(pool: pg.Pool): KnownState }>;

export async function openOldLog(
  config: VaultConfig & Readonly<{ backupMaxAgeDays: number }>,
  opened: Opened,
): Promise<OldLog> {
  const signer = await readLogSigner(config.keyFolder, config.logOrigin);
  const log = operationalLog('recover', 'warn');
  const vault = startVault(config, log, opened);
  return {
    signer,
    vault,
    stateOf: (pool) => ({
      store: new PostgresLogStore({ pool, signer, vault: vault.keys, clock: new SystemClock() }),
      reader: new PostgresLogReader(pool),
      guard: new CheckpointGuard(vault.checkpoints, ed25519Verifier(signer.vkey)),
      logs: vault.logs,
      origin: signer.name,
      backupMaxAgeDays: config.backupMaxAgeDays,
    }),
  };
}

export function openPoolOf(connectionString: string, opened: Opened): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 2, connectionTimeoutMillis: 5000 });
  // A connection that breaks between two statements must not end the process; the next statement says so.
  pool.on('error', () => undefined);
  opened.onClose(() => pool.end());
  return pool;
}

/** `fault`: why the recovered database cannot be served either. */
export type Replayed = Readonly<{ size: number; root: Buffer; acknowledged: number | undefined; fault?: string }>;

/**
 * `einmal audit recover wal`: replays archived WAL over an older base backup, and says whether the result reaches what
 * was acknowledged. The database that is there stays as it is.
 */
export async function startReplay(
  order: Omit<ReplayOrder, 'databaseUrl'>,
  environment?: Environment,
): Promise<Replayed> {
  const config = readConfig(logSettings, environment, vaultFaults);
  const { databaseUrl, backupMaxAgeDays } = config;
  const opened = new Opened();
  try {
    const { stateOf } = await openOldLog(config, opened);
    const current = stateOf(openPoolOf(databaseUrl, opened));
    // Where nothing answers, the database is gone, which is what this is for as well.
    if (await answers(current)) await diagnose(current);
    await checkBackup(order.backup, Date.now(), backupMaxAgeDays);
    await checkArchive(order.archive);
    const acknowledged = (await current.guard.kept())?.size;
    return await replayWal({ ...order, databaseUrl }, async (pool) => {
      const state = stateOf(pool);
      const fault = await checkState(state).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof RollbackDetected) return error.message;
          throw error;
        },
      );
      const { size, root } = await state.store.head();
      return { size, root, acknowledged, ...(fault !== undefined && { fault }) };
    });
  } finally {
    await opened.close();
  }
}

/** Whether there is a log at all. */
async function answers({ store }: KnownState): Promise<boolean> {
  try {
    await store.head();
    return true;
  } catch {
    return false;
  }
}

import { StartFault } from '../platform/run-process.js';
import type { KnownLogs } from '../vault/known-logs.js';
import type { CheckpointGuard } from './checkpoint-guard.js';
import type { LogReader } from './log-reader.js';
import type { LogStore } from './log-store.js';
import { RollbackDetected } from './rollback.js';

const DAY_MS = 86_400_000;

/** Two persons ended this log because a part of it is lost; another one goes on, and this one signs nothing any more. */
export class LogEnded extends StartFault {
  override readonly name = 'LogEnded';

  constructor(successor: string) {
    super(`this log has ended, ${successor} goes on: set EINMAL_LOG_ORIGIN, DATABASE_URL and EINMAL_CHECKPOINT_FILE`);
  }
}

/** What was to be forgotten since then would be served again (IDNrG § 9 Abs. 3). */
export class BackupTooOld extends StartFault {
  override readonly name = 'BackupTooOld';

  constructor(days: number, maxDays: number) {
    super(
      `the database lacks the last ${days} days of the log, and no backup older than ${maxDays} days is served: ` +
        'restore a younger one; if there is none, run "einmal audit recover"',
    );
  }
}

/** A database, and what is known of its log outside of it. */
export type KnownState = Readonly<{
  store: LogStore;
  reader: LogReader;
  guard: CheckpointGuard;
  logs: KnownLogs;
  origin: string;
  backupMaxAgeDays: number;
}>;

/**
 * Compares a database with the kept checkpoint, and with what the vault remembers of its log whatever became of the
 * checkpoint. Due before anything is served from it or appended to it. `adopted`: there was no checkpoint yet.
 *
 * @throws LogEnded, BackupTooOld, RollbackDetected
 */
export async function checkState({
  store,
  reader,
  guard,
  logs,
  origin,
  backupMaxAgeDays,
}: KnownState): Promise<'held' | 'adopted'> {
  const { newestAtMs, successor } = await logs.find(origin);
  if (successor !== undefined) throw new LogEnded(successor);
  const inside = (await reader.newest()) ?? 0;
  // Both are times of entries, set by the clock of the database: a node that was off for long is not behind.
  const missingMs = newestAtMs === undefined ? 0 : newestAtMs - inside;
  if (inside > 0 && missingMs > backupMaxAgeDays * DAY_MS)
    throw new BackupTooOld(Math.ceil(missingMs / DAY_MS), backupMaxAgeDays);
  const until = newestAtMs === undefined ? '' : new Date(newestAtMs).toISOString();
  const behind = new RollbackDetected('BEHIND', `the log had an entry of ${until} that the database lacks`);
  if (missingMs > 0 && (await guard.kept()) === undefined) throw behind;
  const held = await guard.check(store);
  if (missingMs > 0) throw behind;
  return held;
}

/** Tells the vault how far this database got. */
export async function rememberReached({
  reader,
  logs,
  origin,
}: Pick<KnownState, 'reader' | 'logs' | 'origin'>): Promise<void> {
  const newest = await reader.newest();
  if (newest !== undefined) await logs.reached(origin, newest);
}

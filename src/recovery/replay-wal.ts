import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isSystemError } from '../platform/system-error.js';
import { BackupUnusable } from './base-backup.js';

const POLL_MS = 200;
const TAIL_LINES = 12;
/** Of the server that is copied, not of the copy. */
const LEFT_BEHIND = ['postmaster.pid', 'postmaster.opts', 'standby.signal', 'recovery.signal'];

/** The operating system's user that PostgreSQL runs as, where it is not this process's own. */
export type OsUser = Readonly<{ uid: number; gid: number }>;

/** Starts `postgres` with these arguments and its output in a file; it ends with this process. */
export type PostgresStarter = (
  args: readonly string[],
  logFile: string,
) => Promise<Readonly<{ ended: Promise<void>; stop(): Promise<void> }>>;

export type ReplayOrder = Readonly<{
  backup: string;
  archive: string;
  /** Made by this: the recovered data folder. */
  target: string;
  /** Login and database of the node: only its names count, the socket is this program's alone. */
  databaseUrl: string;
  user: OsUser | undefined;
  start: PostgresStarter;
}>;

/**
 * Copies a base backup and replays all archived WAL into the copy; then does some work on it, and shuts it down in order.
 * The backup stays as it is. Nobody else can connect meanwhile, and nothing of the settings is left in the copy.
 */
export async function replayWal<Result>(
  { backup, archive, target, databaseUrl, user, start }: ReplayOrder,
  work: (pool: pg.Pool) => Promise<Result>,
): Promise<Result> {
  await copyBackup(backup, target);
  await writeFile(join(target, 'recovery.signal'), '', { mode: 0o600 });
  const folder = await mkdtemp(join(tmpdir(), 'einmal-recover-'));
  const logFile = join(folder, 'postgres.log');
  try {
    await writeFile(join(folder, 'pg_hba.conf'), 'local all all trust\n');
    await writeFile(join(folder, 'postgresql.conf'), '');
    await writeFile(logFile, '');
    // The folder of the socket is what keeps others out.
    await chmod(folder, 0o700);
    if (user !== undefined) for (const each of [target, folder]) await giveTo(each, user);
    const server = await start(['-D', target, ...settings(folder, archive)], logFile);
    try {
      return await whenRecovered({ databaseUrl, folder, logFile, ended: server.ended }, work);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyBackup(backup: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true, mode: 0o700 });
  if ((await readdir(target)).length > 0) throw new BackupUnusable(`${target} is not empty`);
  await cp(backup, target, {
    recursive: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
    filter: (path) => !LEFT_BEHIND.includes(basename(path)),
  });
  await mkdir(join(target, 'pg_wal'), { recursive: true, mode: 0o700 });
  await chmod(target, 0o700);
}

/** Settings of the command line stand above whatever the copy brings along. */
function settings(folder: string, archive: string): string[] {
  const values: Readonly<Record<string, string>> = {
    config_file: join(folder, 'postgresql.conf'),
    hba_file: join(folder, 'pg_hba.conf'),
    listen_addresses: '',
    unix_socket_directories: folder,
    restore_command: `cp "${archive}/%f" "%p"`,
    recovery_target_timeline: 'latest',
    recovery_target: '',
    recovery_target_lsn: '',
    recovery_target_name: '',
    recovery_target_time: '',
    recovery_target_xid: '',
    // Nobody reads before the end, so that this copy needs none of the sizes of the old server.
    hot_standby: 'off',
    archive_mode: 'off',
    shared_preload_libraries: '',
    ssl: 'off',
    logging_collector: 'off',
    synchronous_standby_names: '',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

type Recovering = Readonly<{ databaseUrl: string; folder: string; logFile: string; ended: Promise<void> }>;

async function whenRecovered<Result>(
  { databaseUrl, folder, logFile, ended }: Recovering,
  work: (pool: pg.Pool) => Promise<Result>,
): Promise<Result> {
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const { username, pathname } = new URL(databaseUrl);
  const login = { host: folder, user: decodeURIComponent(username), database: decodeURIComponent(pathname.slice(1)) };
  const pool = new pg.Pool({ ...login, max: 2 });
  pool.on('error', () => undefined);
  try {
    for (;;) {
      if (isOver) throw new BackupUnusable(`the WAL could not be replayed:\n${await tailOf(logFile)}`);
      try {
        await pool.query('select 1');
        break;
      } catch (error) {
        // It refuses everybody until the last segment is replayed, however long that takes.
        if (!isOver && !isExpected(error)) throw error;
        await sleep(POLL_MS);
      }
    }
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** Not listening yet, or still replaying (57P03). */
function isExpected(error: unknown): boolean {
  return ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', '57P03'].some((code) => isSystemError(error, code));
}

async function tailOf(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

async function giveTo(path: string, { uid, gid }: OsUser): Promise<void> {
  await chown(path, uid, gid);
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true }))
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), uid, gid);
}

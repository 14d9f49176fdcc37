import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type BoundProcess, type OsUser, spawnBound } from './bound-process.js';
import { freePort } from './free-port.js';
import { inheritedEnvironment } from './inherited-environment.js';
import {
  isReachable,
  type PostgresBinaries,
  postgresBinaries,
  postgresUser,
  reachableFolder,
  runnableBinaries,
} from './postgres-binaries.js';

const run = promisify(execFile);
const START_MS = 30_000;
const STOP_MS = 15_000;

/** A PostgreSQL of our own on the loopback interface; it ends with this process. */
export type PostgresServer = Readonly<{
  /** URL of the superuser, database `postgres`. */
  url: string;
  port: number;
  pid: number;
  /** Where the cluster is; outside the wish where the user of PostgreSQL cannot reach that. */
  folder: string;
  /** Resolves when the server has ended, wanted or not. */
  ended: Promise<void>;
  stop(): Promise<void>;
}>;

export type PostgresOptions = Readonly<{
  folder: string;
  /** Only for throw-away clusters. */
  fsync?: boolean;
  /** A free one if absent. */
  port?: number;
  /** Told where the cluster is when it cannot be in the folder wished for. */
  onMoved?: (folder: string) => void;
}>;

/** Makes the cluster if there is none, clears what a crash left behind, starts, and waits until it answers. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const user = postgresUser();
  const folder = await usableFolder(options, user);
  const binaries = await runnableBinaries(await postgresBinaries(), user);
  const cluster = join(folder, 'cluster');
  const password = await initialised(cluster, folder, binaries, user);
  if (existsSync(join(cluster, 'postmaster.pid'))) {
    // Of a server whose parent was killed. One that has ended answers with an error, which is fine.
    await asUser(user, binaries.pg_ctl, ['-D', cluster, 'stop', '-m', 'immediate', '-w']).catch(() => undefined);
  }
  const port = options.port ?? (await freePort());
  const log = openSync(join(folder, 'postgres.log'), 'a', 0o600);
  const settings = [
    ['listen_addresses', '127.0.0.1'],
    ['port', String(port)],
    ['unix_socket_directories', ''],
    ['max_connections', '200'],
    ['fsync', options.fsync === false ? 'off' : 'on'],
  ];
  const server = spawnBound({
    command: binaries.postgres,
    args: ['-D', cluster, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: environment(),
    stdio: ['ignore', log, log],
    farewell: 'SIGINT',
    user,
  });
  closeSync(log);
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  await answering(url, server, join(folder, 'postgres.log'));
  return { url, port, pid: server.pid, folder, ended: server.ended, stop: () => stop(server, cluster, binaries) };
}

/** Where the cluster for this wish is: the wish itself, unless the user of PostgreSQL cannot reach it. */
export function postgresFolder(wish: string, user = postgresUser()): string {
  return user === undefined || isReachable(wish, user) ? wish : join(reachableFolder(wish, user), 'postgres');
}

async function usableFolder({ folder, onMoved }: PostgresOptions, user: OsUser | undefined): Promise<string> {
  const usable = postgresFolder(folder, user);
  if (usable !== folder) onMoved?.(usable);
  await mkdir(usable, { recursive: true });
  return usable;
}

/** Password of the superuser: kept beside the cluster, for the owner of the project alone. */
async function initialised(
  cluster: string,
  folder: string,
  binaries: PostgresBinaries,
  user: OsUser | undefined,
): Promise<string> {
  const passwordFile = join(folder, 'superuser.password');
  if (existsSync(join(cluster, 'PG_VERSION')) && existsSync(passwordFile)) return readFile(passwordFile, 'utf8');
  await rm(cluster, { recursive: true, force: true });
  await mkdir(cluster, { mode: 0o700 });
  if (user !== undefined) chownSync(cluster, user.uid, user.gid);
  const password = randomBytes(24).toString('base64url');
  // initdb reads it as the other user, and wants an empty folder.
  const handed = join(folder, 'initdb.password');
  await writeFile(handed, password, { mode: 0o600 });
  if (user !== undefined) chownSync(handed, user.uid, user.gid);
  try {
    await asUser(user, binaries.initdb, [
      `--pgdata=${cluster}`,
      '--username=postgres',
      `--pwfile=${handed}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--lc-messages=C',
    ]);
  } finally {
    await rm(handed, { force: true });
  }
  await writeFile(passwordFile, password, { mode: 0o600 });
  return password;
}

function environment(): NodeJS.ProcessEnv {
  return { ...inheritedEnvironment(), LC_ALL: 'C' };
}

async function asUser(user: OsUser | undefined, program: string, args: readonly string[]): Promise<void> {
  await run(program, [...args], { env: environment(), cwd: '/', ...(user ?? {}) });
}

async function answering(url: string, server: BoundProcess, log: string): Promise<void> {
  let over = false;
  void server.ended.then(() => {
    over = true;
  });
  for (const until = Date.now() + START_MS; Date.now() < until && !over; ) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return;
    } catch {
      await sleep(20);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  server.child.kill('SIGQUIT');
  throw new Error(`PostgreSQL does not start; its log is ${log}`);
}

async function stop(server: BoundProcess, cluster: string, binaries: PostgresBinaries): Promise<void> {
  if (process.platform === 'win32') await run(binaries.pg_ctl, ['-D', cluster, 'stop', '-m', 'fast']).catch(() => {});
  else server.child.kill('SIGINT');
  const late = setTimeout(() => server.child.kill('SIGQUIT'), STOP_MS);
  await server.ended;
  clearTimeout(late);
}

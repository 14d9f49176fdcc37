import { readFileSync } from 'node:fs';
import { link, mkdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
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
  // A link appears whole or not at all: nobody reads half a lock.
  const draft = join(path, `.lock.${process.pid}`);
  await writeFile(draft, JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder));
  try {
    if (await appears(draft, file)) return true;
    if (await isHeld(file)) return false;
    // Left behind by a crash.
    await rm(file, { force: true });
    return await appears(draft, file);
  } finally {
    await unlink(draft);
  }
}

async function appears(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function isHeld(file: string): Promise<boolean> {
  try {
    const { pid, started }: Holder = JSON.parse(await readFile(file, 'utf8'));
    process.kill(pid, 0);
    return started === startOf(pid);
  } catch (error) {
    // Somebody else's process lives, and may not be asked.
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
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

import { open, readdir, readFile } from 'node:fs/promises';
import { isSystemError } from '../platform/system-error.js';

/** Writes a file that only its owner reads; its content is on the disk when this returns, its name after {@link syncFolder}. */
export async function writeDurably(
  path: string,
  bytes: Uint8Array | string,
  flags: 'wx' | 'w' | 'r+' = 'wx',
): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  await folder.sync().finally(() => folder.close());
}

export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
}

export async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StartFault } from '../platform/run-process.js';
import { isSystemError } from '../platform/system-error.js';

const MAJOR_VERSION = '18';
const DAY_MS = 86_400_000;

/** This folder, or this archive, cannot be used: says why. */
export class BackupUnusable extends StartFault {
  override readonly name = 'BackupUnusable';
}

/**
 * Looks at a file-level base backup before anything is copied: that it is one, of this version, whole in one folder, and
 * not older than the cap (IDNrG § 9 Abs. 3). Gives the moment when it began, in milliseconds since 1970. @throws BackupUnusable
 */
export async function checkBackup(folder: string, nowMs: number, maxAgeDays: number): Promise<number> {
  const version = (await contentOf(folder, 'PG_VERSION'))?.trim();
  if (version === undefined) throw new BackupUnusable(`${folder} is no data folder of PostgreSQL`);
  if (version !== MAJOR_VERSION)
    throw new BackupUnusable(`${folder} is of PostgreSQL ${version}, not ${MAJOR_VERSION}`);
  const label = await contentOf(folder, 'backup_label');
  if (label === undefined)
    throw new BackupUnusable(`${folder} has no backup_label: it was not made by pg_backup_start`);
  // A copy of a link leads to the files of the server that was backed up.
  const tablespaces = await readdir(join(folder, 'pg_tblspc')).catch(() => []);
  const wal = await lstat(join(folder, 'pg_wal')).catch(() => undefined);
  if (tablespaces.length > 0 || wal?.isSymbolicLink() === true)
    throw new BackupUnusable(`${folder} has tablespaces or WAL in another place: restore it by hand`);
  const [, start = ''] = /^START TIME: (\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) (?:UTC|GMT)$/m.exec(label) ?? [];
  const [, local = ''] = /^START TIME: (\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) /m.exec(label) ?? [];
  // The label names the zone of the server's log by a short name, which is no offset: a day of doubt counts as age.
  const began = start === '' ? Date.parse(`${local}Z`) - DAY_MS : Date.parse(`${start}Z`);
  if (Number.isNaN(began)) throw new BackupUnusable(`${folder}/backup_label names no start time`);
  const days = Math.floor((nowMs - began) / DAY_MS);
  if (nowMs - began > maxAgeDays * DAY_MS)
    throw new BackupUnusable(`${folder} is ${days} days old, and no backup older than ${maxAgeDays} days is used`);
  return began;
}

/** Where `restore_command` reads. @throws BackupUnusable */
export async function checkArchive(folder: string): Promise<void> {
  // It stands in a shell's command line, where the server fills in its own names for %.
  if (!/^\/[A-Za-z0-9_./ -]*$/.test(folder))
    throw new BackupUnusable('the archive must be an absolute path of letters, digits, blanks and . _ - /');
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new BackupUnusable(`${folder} is no folder`);
}

async function contentOf(folder: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

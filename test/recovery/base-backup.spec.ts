import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkArchive, checkBackup } from '../../src/recovery/base-backup.js';

const NOW = Date.UTC(2026, 10, 26, 12);
const DAY_MS = 86_400_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-backup-'));
  await writeFile(join(folder, 'PG_VERSION'), '18\n');
  await label('2026-11-20 12:00:00 UTC');
  for (const part of ['pg_wal', 'pg_tblspc']) await mkdir(join(folder, part));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const label = (time: string) =>
  writeFile(
    join(folder, 'backup_label'),
    `START WAL LOCATION: 0/2000028\nCHECKPOINT LOCATION: 0/2000080\nSTART TIME: ${time}\nLABEL: x\n`,
  );
const check = (nowMs = NOW) => checkBackup(folder, nowMs, 31);
const unusable = (message: string) =>
  expect.objectContaining({ name: 'BackupUnusable', message: expect.stringContaining(message) });

describe('a base backup', () => {
  it('is used as long as it is not older than the cap (IDNrG § 9 Abs. 3)', async () => {
    expect(await check()).toBe(Date.UTC(2026, 10, 20, 12));
    await expect(check(Date.UTC(2026, 10, 20, 12) + 31 * DAY_MS)).resolves.toBeDefined();
    await expect(check(Date.UTC(2026, 10, 20, 12) + 31 * DAY_MS + 1)).rejects.toEqual(unusable('31 days old'));
  });

  it('whose label names a zone that is no offset counts as a day older', async () => {
    await label('2026-11-20 12:00:00 CET');
    expect(await check()).toBe(Date.UTC(2026, 10, 19, 12));
  });

  it.each([
    ['of another version', () => writeFile(join(folder, 'PG_VERSION'), '17\n'), 'of PostgreSQL 17'],
    ['without a label', () => rm(join(folder, 'backup_label')), 'no backup_label'],
    ['whose label names no time', () => label('yesterday'), 'no start time'],
    ['that is no data folder', () => rm(join(folder, 'PG_VERSION')), 'no data folder'],
    ['with tablespaces', () => writeFile(join(folder, 'pg_tblspc', '16384'), ''), 'tablespaces'],
    [
      'whose WAL is a link to that of the server',
      async () => {
        await rm(join(folder, 'pg_wal'), { recursive: true });
        await symlink('/var/lib/elsewhere', join(folder, 'pg_wal'));
      },
      'WAL in another place',
    ],
  ])('%s is not used', async (_what, spoil, message) => {
    await spoil();
    await expect(check()).rejects.toEqual(unusable(message));
  });
});

describe('an archive', () => {
  it('is a folder whose name a shell and the server read as it stands', async () => {
    await expect(checkArchive(folder)).resolves.toBeUndefined();
    for (const wrong of ['relative', `${folder}/a"; rm -rf "b`, `${folder}/%p`, `${folder}/$HOME`, `${folder}/none`])
      await expect(checkArchive(wrong)).rejects.toMatchObject({ name: 'BackupUnusable' });
  });
});

import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DirectoryTombstones } from '../../src/vault/tombstones.directory.js';
import { tombstonesContract } from './tombstones.contract.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-tombstones-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('DirectoryTombstones keeps the contract of Tombstones', () => {
  tombstonesContract(
    async () => new DirectoryTombstones(folder),
    () => new DirectoryTombstones(folder),
  );
});

it('is a file for its owner alone, and what lies in the folder besides is passed over', async () => {
  const id = '00000000-0000-4000-8000-000000000001';
  await new DirectoryTombstones(folder).bury([id]);
  await writeFile(join(folder, '.note'), '');
  expect((await stat(join(folder, id))).mode & 0o077).toBe(0);
  expect(await new DirectoryTombstones(folder).buried()).toEqual([id]);
});

it('keeps an order in a file for its owner alone, and refuses one that it did not write without quoting it', async () => {
  const tombstones = new DirectoryTombstones(folder);
  const { id } = await tombstones.order(['00000000-0000-4000-8000-000000000001'], 'AZ 7');
  const file = join(folder, `${id}.order`);
  expect((await stat(file)).mode & 0o077).toBe(0);
  for (const text of ['AZ 7', 'null', '{"record_ids":["AZ 7"],"ground":""}', '{"record_ids":[]}']) {
    await writeFile(file, text);
    const refused = expect.objectContaining({ name: 'VaultFault', message: expect.not.stringContaining('AZ 7') });
    await expect(tombstones.orders()).rejects.toEqual(refused);
  }
});

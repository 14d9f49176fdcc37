import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Tombstones } from '../../src/vault/tombstones.js';

const ids = ['1', '2', '3'].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`);

/** The sentences of the doc comment of Tombstones. `create` gives an empty one; `another` opens the same as another process does. */
export function tombstonesContract(create: () => Promise<Tombstones>, another: () => Tombstones): void {
  let tombstones: Tombstones;
  beforeEach(async () => {
    tombstones = await create();
  });

  describe('tombstones', () => {
    it('are listed, also by another process, and can be set again', async () => {
      expect(await tombstones.buried()).toEqual([]);
      await tombstones.bury([]);
      await tombstones.bury(ids.slice(1));
      await another().bury([ids[0]!, ids[1]!, ids[1]!]);
      expect(await another().buried()).toEqual(ids);
    });

    it('take no name that is no record, and none beside it', async () => {
      for (const name of ['../keys', ids[0]!.toUpperCase().replace('8', 'A'), ''])
        await expect(tombstones.bury([ids[0]!, name])).rejects.toMatchObject({ name: 'VaultFault' });
      expect(await tombstones.buried()).toEqual([]);
    });
  });
}

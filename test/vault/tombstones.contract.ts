import { setTimeout as sleep } from 'node:timers/promises';
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
      await expect(tombstones.order([ids[0]!, '../keys'], 'why')).rejects.toMatchObject({ name: 'VaultFault' });
      expect(await tombstones.orders()).toEqual([]);
    });

    it('keep an order with its ground until it is settled, and no longer (GDPR Art. 5 Abs. 1 lit. e)', async () => {
      const first = await tombstones.order(ids.slice(0, 2), 'because');
      // Their ids tell the order of milliseconds (RFC 9562 § 5.7).
      await sleep(2);
      const second = await another().order(ids.slice(2), '{"note":"ä\\n"}');
      expect(await another().orders()).toEqual([first, second]);
      expect(first).toEqual({ id: expect.any(String), recordIds: ids.slice(0, 2), ground: 'because' });
      await another().settle(first);
      await tombstones.settle(first);
      expect(await tombstones.orders()).toEqual([second]);
    });

    it('count as erased once no order about them is open', async () => {
      const order = await tombstones.order(ids.slice(0, 2), 'because');
      await tombstones.bury(ids);
      expect(await another().erased()).toEqual(ids.slice(2));
      await tombstones.settle(order);
      expect([await another().erased(), await another().buried()]).toEqual([ids, ids]);
    });
  });
}

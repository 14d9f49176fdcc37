import { beforeEach, describe, expect, it } from '@jest/globals';
import type { KeyVault } from '../../src/vault/key-vault.js';

const epoch = { retentionClass: 'standard', month: '2026-11' };
const destroyed = expect.objectContaining({ name: 'EpochDestroyed' });

/** The sentences of the doc comment of KeyVault. `create` gives an empty vault; `another` opens the same one as another process does. */
export function keyVaultContract(create: () => Promise<KeyVault>, another: () => KeyVault): void {
  let vault: KeyVault;
  beforeEach(async () => {
    vault = await create();
  });

  describe('a key vault', () => {
    it('makes keys on demand and finds them again, also in another process', async () => {
      expect(await vault.find(epoch)).toBeUndefined();
      expect(await vault.epochs()).toEqual([]);
      const keys = await vault.obtain(epoch);
      expect([keys.wrapKey.length, keys.indexKey.length]).toEqual([32, 32]);
      expect(keys.wrapKey).not.toEqual(keys.indexKey);
      expect(await another().find(epoch)).toEqual(keys);
      expect(await vault.obtain(epoch)).toEqual(keys);
      expect(await vault.epochs()).toEqual([epoch]);
    });

    it('gives racing callers the same keys', async () => {
      const all = await Promise.all(Array.from({ length: 20 }, () => another().obtain(epoch)));
      expect(
        new Set(all.map(({ wrapKey, indexKey }) => `${wrapKey.toString('hex')}${indexKey.toString('hex')}`)).size,
      ).toBe(1);
    });

    it('keeps classes and months apart, and lists them in order', async () => {
      const one = await vault.obtain({ ...epoch, month: '2026-12' });
      expect(await vault.obtain(epoch)).not.toEqual(one);
      expect(await vault.obtain({ ...epoch, retentionClass: 'short' })).not.toEqual(one);
      expect(await vault.epochs()).toEqual([
        { ...epoch, retentionClass: 'short' },
        epoch,
        { ...epoch, month: '2026-12' },
      ]);
    });

    it('never gives destroyed keys again and makes no new ones (IDNrG § 9 Abs. 3)', async () => {
      await vault.obtain(epoch);
      await vault.destroy(epoch);
      await another().destroy(epoch);
      await expect(another().obtain(epoch)).rejects.toEqual(destroyed);
      await expect(vault.find(epoch)).rejects.toEqual(destroyed);
      expect([await another().epochs(), await another().destroyed()]).toEqual([[], [epoch]]);
    });

    it('destroys an epoch that has no keys yet: none are made for it later', async () => {
      await vault.destroy(epoch);
      await expect(vault.obtain(epoch)).rejects.toEqual(destroyed);
      expect([await vault.epochs(), await vault.destroyed()]).toEqual([[], [epoch]]);
    });

    it('destroyed while others ask for it gives keys to nobody afterwards', async () => {
      await Promise.allSettled([...Array.from({ length: 8 }, () => another().obtain(epoch)), another().destroy(epoch)]);
      await expect(vault.obtain(epoch)).rejects.toEqual(destroyed);
      await expect(another().find(epoch)).rejects.toEqual(destroyed);
      expect(await vault.destroyed()).toEqual([epoch]);
    });

    it.each(['../standard', 'a_b', 'A', ''])('refuses the retention class %j', async (retentionClass) => {
      for (const asked of [vault.obtain({ ...epoch, retentionClass }), vault.destroy({ ...epoch, retentionClass })])
        await expect(asked).rejects.toMatchObject({ name: 'VaultFault' });
    });
  });
}

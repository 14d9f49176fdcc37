import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { epochAt } from '../../src/vault/key-vault.js';

const epoch = { retentionClass: 'standard', month: '2026-11' };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-vault-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the key vault in a directory', () => {
  it('makes keys on demand, readable by the owner alone, and finds them again', async () => {
    const vault = new DirectoryKeyVault(join(folder, 'new'));
    expect(await vault.find(epoch)).toBeUndefined();
    expect(await vault.epochs()).toEqual([]);
    const keys = await vault.obtain(epoch);
    expect(keys.wrapKey).toHaveLength(32);
    expect(keys.wrapKey).not.toEqual(keys.indexKey);
    expect(await new DirectoryKeyVault(join(folder, 'new')).find(epoch)).toEqual(keys);
    expect((await stat(join(folder, 'new', 'standard_2026-11.keys'))).mode & 0o777).toBe(0o600);
    expect(await vault.epochs()).toEqual([epoch]);
  });

  it('gives racing callers the same keys and leaves no draft behind', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => new DirectoryKeyVault(folder).obtain(epoch)));
    expect(new Set(all.map(({ wrapKey }) => wrapKey.toString('hex'))).size).toBe(1);
    expect(await readdir(folder)).toEqual(['standard_2026-11.keys']);
  });

  it('keeps classes and months apart', async () => {
    const vault = new DirectoryKeyVault(folder);
    const one = await vault.obtain(epoch);
    expect(await vault.obtain({ ...epoch, month: '2026-12' })).not.toEqual(one);
    expect(await vault.obtain({ ...epoch, retentionClass: 'short' })).not.toEqual(one);
  });

  it('never gives destroyed keys again and makes no new ones (IDNrG § 9 Abs. 3)', async () => {
    const vault = new DirectoryKeyVault(folder);
    await vault.obtain(epoch);
    await vault.destroy(epoch);
    await vault.destroy(epoch);
    const destroyed = expect.objectContaining({ name: 'EpochDestroyed' });
    await expect(new DirectoryKeyVault(folder).obtain(epoch)).rejects.toEqual(destroyed);
    await expect(vault.find(epoch)).rejects.toEqual(destroyed);
    expect(await readdir(folder)).toEqual(['standard_2026-11.destroyed']);
    expect([await vault.epochs(), await vault.destroyed()]).toEqual([[], [epoch]]);
  });

  it('refuses a key file that others may read or that was cut', async () => {
    const vault = new DirectoryKeyVault(folder);
    await vault.obtain(epoch);
    const path = join(folder, 'standard_2026-11.keys');
    await chmod(path, 0o640);
    await expect(vault.find(epoch)).rejects.toMatchObject({ name: 'VaultFault' });
    await chmod(path, 0o600);
    await writeFile(path, (await readFile(path)).subarray(0, 63));
    await expect(vault.obtain(epoch)).rejects.toMatchObject({ name: 'VaultFault' });
  });

  it.each(['../standard', 'a_b', 'A', ''])('refuses the retention class %j', async (retentionClass) => {
    await expect(new DirectoryKeyVault(folder).obtain({ ...epoch, retentionClass })).rejects.toMatchObject({
      name: 'VaultFault',
    });
  });

  it('counts months in UTC', () => {
    expect(epochAt(Date.UTC(2026, 10, 30, 23, 59, 59, 999), 'standard').month).toBe('2026-11');
    expect(epochAt(Date.UTC(2026, 11, 1), 'standard').month).toBe('2026-12');
  });
});

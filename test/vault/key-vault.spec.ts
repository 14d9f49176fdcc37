import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { epochAt } from '../../src/vault/key-vault.js';
import { keyVaultContract } from './key-vault.contract.js';

const epoch = { retentionClass: 'standard', month: '2026-11' };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-vault-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('DirectoryKeyVault keeps the contract of KeyVault', () => {
  keyVaultContract(
    async () => new DirectoryKeyVault(folder),
    () => new DirectoryKeyVault(folder),
  );
});

describe('the key vault in a directory', () => {
  it('makes its folder, readable by the owner alone', async () => {
    await new DirectoryKeyVault(join(folder, 'new')).obtain(epoch);
    expect((await stat(join(folder, 'new', 'standard_2026-11.keys'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'new'))).mode & 0o077).toBe(0);
  });

  it('leaves no draft of racing callers behind', async () => {
    await Promise.all(Array.from({ length: 20 }, () => new DirectoryKeyVault(folder).obtain(epoch)));
    expect(await readdir(folder)).toEqual(['standard_2026-11.keys']);
  });

  it('leaves nothing of destroyed keys but that they were (IDNrG § 9 Abs. 3)', async () => {
    const vault = new DirectoryKeyVault(folder);
    await vault.obtain(epoch);
    await vault.destroy(epoch);
    expect(await readdir(folder)).toEqual(['standard_2026-11.destroyed']);
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
});

describe('an epoch', () => {
  it('counts months in UTC', () => {
    expect(epochAt(Date.UTC(2026, 10, 30, 23, 59, 59, 999), 'standard').month).toBe('2026-11');
    expect(epochAt(Date.UTC(2026, 11, 1), 'standard').month).toBe('2026-12');
  });
});

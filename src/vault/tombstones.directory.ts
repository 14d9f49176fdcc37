import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError } from '../platform/system-error.js';
import { VaultFault } from './key-vault.js';
import { Tombstones } from './tombstones.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Empty files `<record id>` of mode 0600 in a folder of the vault. */
export class DirectoryTombstones extends Tombstones {
  constructor(private readonly folder: string) {
    super();
  }

  override async bury(recordIds: readonly string[]): Promise<void> {
    if (recordIds.some((id) => !UUID.test(id))) throw new VaultFault('not the id of a record');
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    for (const id of recordIds) {
      const file = await open(join(this.folder, id), 'a', 0o600);
      await file.sync().finally(() => file.close());
    }
    const folder = await open(this.folder);
    await folder.sync().finally(() => folder.close());
  }

  override async buried(): Promise<string[]> {
    try {
      return (await readdir(this.folder)).filter((name) => UUID.test(name)).sort();
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return [];
      throw error;
    }
  }
}

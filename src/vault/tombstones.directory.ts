import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn, syncFolder } from './durable-file.js';
import { isRecordId, requireRecordIds, Tombstones } from './tombstones.js';

/** Empty files `<record id>` of mode 0600 in a folder of the vault. */
export class DirectoryTombstones extends Tombstones {
  constructor(private readonly folder: string) {
    super();
  }

  override async bury(recordIds: readonly string[]): Promise<void> {
    requireRecordIds(recordIds);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    for (const id of recordIds) {
      const file = await open(join(this.folder, id), 'a', 0o600);
      await file.sync().finally(() => file.close());
    }
    await syncFolder(this.folder);
  }

  override async buried(): Promise<string[]> {
    return (await namesIn(this.folder)).filter(isRecordId).sort();
  }
}

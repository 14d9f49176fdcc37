import crypto from 'node:crypto';
import { mkdir, open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError } from '../platform/system-error.js';
import { namesIn, syncFolder, textOf, writeDurably } from './durable-file.js';
import { VaultFault } from './key-vault.js';
import { type ErasureOrder, isRecordId, requireRecordIds, Tombstones } from './tombstones.js';

const ORDER = /^([0-9a-f-]{36})\.order$/;

/** Empty files `<record id>` of mode 0600 in a folder of the vault; beside them, until it is done, `<id>.order`. */
export class DirectoryTombstones extends Tombstones {
  constructor(private readonly folder: string) {
    super();
  }

  override async bury(recordIds: readonly string[]): Promise<void> {
    requireRecordIds(recordIds);
    await this.make();
    for (const id of recordIds) {
      const file = await open(join(this.folder, id), 'a', 0o600);
      await file.sync().finally(() => file.close());
    }
    await syncFolder(this.folder);
  }

  override async buried(): Promise<string[]> {
    return (await namesIn(this.folder)).filter(isRecordId).sort();
  }

  override async order(recordIds: readonly string[], ground: string): Promise<ErasureOrder> {
    requireRecordIds(recordIds);
    await this.make();
    const id = crypto.randomUUIDv7();
    const draft = join(this.folder, `.${id}`);
    await writeDurably(draft, JSON.stringify({ record_ids: recordIds, ground }));
    await rename(draft, this.pathOf(id));
    await syncFolder(this.folder);
    return { id, recordIds, ground };
  }

  override async orders(): Promise<ErasureOrder[]> {
    const ids = (await namesIn(this.folder)).flatMap((name) => ORDER.exec(name)?.[1] ?? []).sort();
    const texts = await Promise.all(ids.map((id) => textOf(this.pathOf(id))));
    // One that another process has settled meanwhile is none.
    return ids.flatMap((id, i) => (texts[i] === undefined ? [] : [{ id, ...orderIn(texts[i]) }]));
  }

  override async settle({ id }: ErasureOrder): Promise<void> {
    try {
      await unlink(this.pathOf(id));
    } catch (error) {
      if (!isSystemError(error, 'ENOENT')) throw error;
    }
    await syncFolder(this.folder);
  }

  private async make(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
  }

  private pathOf(id: string): string {
    return join(this.folder, `${id}.order`);
  }
}

function orderIn(text: string): Omit<ErasureOrder, 'id'> {
  const { record_ids, ground } = parsed(text);
  if (!Array.isArray(record_ids) || !record_ids.every((id) => typeof id === 'string') || typeof ground !== 'string')
    throw new VaultFault('an order of an erasure is not one');
  requireRecordIds(record_ids);
  return { recordIds: record_ids, ground };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    // Without the cause, which would quote the text.
    throw new VaultFault('an order of an erasure is not one');
  }
}

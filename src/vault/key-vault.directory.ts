import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError } from '../platform/system-error.js';
import { namesIn, syncFolder, writeDurably } from './durable-file.js';
import { type Epoch, EpochDestroyed, type EpochKeys, KeyVault, requireEpoch, VaultFault } from './key-vault.js';

const KEY_BYTES = 32;
const SUFFIX = { keys: '.keys', destroyed: '.destroyed' };

/** Epoch keys as files `<retention class>_<month>.keys` of mode 0600; a destroyed epoch leaves an empty `.destroyed` file. */
export class DirectoryKeyVault extends KeyVault {
  constructor(private readonly folder: string) {
    super();
  }

  override async obtain(epoch: Epoch): Promise<EpochKeys> {
    const existing = await this.find(epoch);
    if (existing !== undefined) return existing;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const draft = join(this.folder, `.${randomUUID()}`);
    await writeDurably(draft, randomBytes(2 * KEY_BYTES));
    try {
      // A link appears whole or not at all, and never replaces what another process made first.
      await link(draft, this.path(epoch, SUFFIX.keys));
      await syncFolder(this.folder);
    } catch (error) {
      if (!isSystemError(error, 'EEXIST')) throw error;
    } finally {
      await unlink(draft);
    }
    const keys = await this.find(epoch);
    if (keys === undefined) throw new EpochDestroyed('the epoch was destroyed');
    return keys;
  }

  override async find(epoch: Epoch): Promise<EpochKeys | undefined> {
    const bytes = await readPrivate(this.path(epoch, SUFFIX.keys));
    // Looked at after the keys: an epoch being destroyed right now counts as destroyed.
    if ((await readPrivate(this.path(epoch, SUFFIX.destroyed))) !== undefined)
      throw new EpochDestroyed('the epoch was destroyed');
    if (bytes === undefined) return undefined;
    if (bytes.length !== 2 * KEY_BYTES) throw new VaultFault('a key file has the wrong length');
    return { wrapKey: bytes.subarray(0, KEY_BYTES), indexKey: bytes.subarray(KEY_BYTES) };
  }

  override async destroy(epoch: Epoch): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await writeDurably(this.path(epoch, SUFFIX.destroyed), Buffer.alloc(0), 'w');
    const keys = this.path(epoch, SUFFIX.keys);
    if ((await readPrivate(keys)) !== undefined) {
      await writeDurably(keys, Buffer.alloc(2 * KEY_BYTES), 'r+');
      await unlink(keys);
    }
    await syncFolder(this.folder);
  }

  override epochs(): Promise<Epoch[]> {
    return this.named(/^([a-z0-9-]+)_(\d{4}-\d{2})\.keys$/);
  }

  override destroyed(): Promise<Epoch[]> {
    return this.named(/^([a-z0-9-]+)_(\d{4}-\d{2})\.destroyed$/);
  }

  private async named(pattern: RegExp): Promise<Epoch[]> {
    return (await namesIn(this.folder))
      .flatMap((name) => {
        const [, retentionClass, month] = pattern.exec(name) ?? [];
        return retentionClass === undefined || month === undefined ? [] : [{ retentionClass, month }];
      })
      .sort((a, b) => `${a.month}${a.retentionClass}`.localeCompare(`${b.month}${b.retentionClass}`, 'en'));
  }

  private path(epoch: Epoch, suffix: string): string {
    requireEpoch(epoch);
    return join(this.folder, `${epoch.retentionClass}_${epoch.month}${suffix}`);
  }
}

async function readPrivate(path: string): Promise<Buffer | undefined> {
  try {
    const file = await open(path);
    try {
      if (((await file.stat()).mode & 0o077) !== 0) throw new VaultFault('a key file is readable by others');
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

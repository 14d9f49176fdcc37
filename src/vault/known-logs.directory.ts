import { hash } from 'node:crypto';
import { join } from 'node:path';
import { VaultFault } from './key-vault.js';
import { type KnownLog, KnownLogs } from './known-logs.js';
import { NumberedFiles } from './numbered-files.js';

/** There is one end of a log, so one file of it. */
const END = 1;

/** Files in a folder of the vault: `<log>.reached.<milliseconds>`, and `<log>.ended.1` with the name of the successor. */
export class DirectoryKnownLogs extends KnownLogs {
  constructor(private readonly folder: string) {
    super();
  }

  override async find(origin: string): Promise<KnownLog> {
    const newestAtMs = await this.files(origin, 'reached').highest();
    const ended = await this.files(origin, 'ended').newest();
    return {
      ...(newestAtMs !== undefined && { newestAtMs }),
      ...(ended !== undefined && { successor: ended.content }),
    };
  }

  override async reached(origin: string, atMs: number): Promise<void> {
    const files = this.files(origin, 'reached');
    const highest = await files.highest();
    if (highest !== undefined && highest >= atMs) return;
    await files.take(atMs, origin);
    await files.tidy();
  }

  override async end(origin: string, successor: string): Promise<void> {
    const there = await this.files(origin, 'ended').take(END, successor);
    if (there !== undefined && there !== successor) throw new VaultFault('the log has ended in favour of another');
  }

  private files(origin: string, what: string): NumberedFiles {
    // An origin may have any character but blanks and "+": no name of a file.
    return new NumberedFiles(join(this.folder, `${hash('sha256', origin).slice(0, 32)}.${what}`));
  }
}

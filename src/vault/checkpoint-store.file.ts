import { parseCheckpoint } from '#libs/tlog/checkpoint.js';
import { parseNote } from '#libs/tlog/signed-note.js';
import { CheckpointForked, CheckpointStore, type Kept, type KeptCheckpoint } from './checkpoint-store.js';
import { textOf } from './durable-file.js';
import { VaultFault } from './key-vault.js';
import { NumberedFiles } from './numbered-files.js';

/**
 * Of the files `<path>.<size>` the largest counts, whoever comes late. `path` itself shows the same text to people, and
 * counts too where it is larger, as when somebody put it there.
 */
export class FileCheckpointStore extends CheckpointStore {
  private readonly files: NumberedFiles;

  constructor(private readonly path: string) {
    super();
    this.files = new NumberedFiles(path);
  }

  override async advance({ size, root, note }: KeptCheckpoint): Promise<Kept> {
    const shown = await this.shown();
    if (Math.max(shown?.size ?? -1, (await this.files.highest()) ?? -1) > size) return 'behind';
    if (shown?.size === size && !shown.root.equals(root)) throw new CheckpointForked(size);
    const there = await this.files.take(size, note);
    if (there !== undefined) {
      if (!said(there).root.equals(root)) throw new CheckpointForked(size);
      return 'known';
    }
    if ((await this.files.tidy()) !== size) return 'behind';
    await this.files.show(size);
    return 'newest';
  }

  override async read(): Promise<string | undefined> {
    const shown = await this.shown();
    const newest = await this.files.newest();
    if (newest === undefined) return shown?.note;
    if (said(newest.content).size !== newest.number)
      throw new VaultFault('a kept checkpoint is not what its name says');
    return shown !== undefined && shown.size > newest.number ? shown.note : newest.content;
  }

  private async shown(): Promise<KeptCheckpoint | undefined> {
    const note = await textOf(this.path);
    return note === undefined ? undefined : said(note);
  }
}

function said(note: string): KeptCheckpoint {
  try {
    const { size, root } = parseCheckpoint(parseNote(note).text);
    return { size, root, note };
  } catch (cause) {
    throw new VaultFault('a kept checkpoint cannot be read', { cause });
  }
}

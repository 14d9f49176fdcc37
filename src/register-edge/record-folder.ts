import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError } from '../platform/system-error.js';
import { parseRecords, RecordFileFault, type Records } from './record-file.js';

/** All of it is held in memory: a larger register has a database. */
const MAX_BYTES = 64 * 1024 * 1024;

/** A file as it was read, and by what another version of it is told. */
export type ReadFile = Records & Readonly<{ version: string }>;

/** Folder with the files of a register. */
export class RecordFolder {
  constructor(
    private readonly folder: string,
    private readonly delimiter: string,
  ) {}

  /** Undefined where there is no such file. @throws any error of the file system */
  async versionOf(name: string): Promise<string | undefined> {
    try {
      return await this.#with(name, version);
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  /** @throws RecordFileFault, or any error of the file system */
  read(name: string): Promise<ReadFile> {
    return this.#with(name, async (file) => {
      const before = await version(file);
      const { size } = await file.stat();
      if (size > MAX_BYTES) throw new RecordFileFault(`is larger than ${MAX_BYTES} bytes`);
      const content = await file.readFile();
      if ((await version(file)) !== before) throw new RecordFileFault('is being written');
      return { version: before, ...(await parseRecords(name, content, this.delimiter)) };
    });
  }

  async #with<T>(name: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
    const file = await open(join(this.folder, name), 'r');
    try {
      return await use(file);
    } finally {
      await file.close();
    }
  }
}

async function version(file: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs } = await file.stat({ bigint: true });
  return [dev, ino, size, mtimeNs].join('-');
}

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inSlices, type Steps } from '../platform/slices.js';
import { isSystemError } from '../platform/system-error.js';
import type { Catalogue, Endpoint } from './catalogue.js';
import { CatalogueFault } from './catalogue-fault.js';
import { CatalogueReader } from './catalogue-reader.js';
import type { CurrentCatalogue } from './current-catalogue.js';
import { CATALOGUE_FILES, readChanges, type VersionFiles } from './load-catalogue.js';

/** Of all files together: beyond it they are neither hashed nor compared between answers that others wait for. */
const MOST_BYTES = 2 * 1024 * 1024;
/** A fifth of a second; an ordinary change takes a tenth of it. */
const MOST_SLICES = 50;

/**
 * Reads of a catalogue what differs from the one in force, between the answers that others wait for. What is large, takes long or has a
 * fault is left to `whole`, which alone says what is wrong.
 */
export class ChangesCatalogueReader extends CatalogueReader {
  constructor(
    private readonly current: CurrentCatalogue,
    private readonly whole: CatalogueReader,
  ) {
    super();
  }

  override async version(files: VersionFiles, endpoints: readonly Endpoint[], nowMs?: number): Promise<Catalogue> {
    const read = await this.changed(files, { endpoints, ...(nowMs === undefined ? {} : { nowMs }) });
    return read ?? this.whole.version(files, endpoints, nowMs);
  }

  override async folder(folder: string): Promise<Catalogue> {
    const files = await smallFilesOf(folder);
    const read = files && (await this.changed(files));
    return read ?? this.whole.folder(folder);
  }

  private changed(
    files: VersionFiles,
    more: Readonly<{ endpoints?: readonly Endpoint[]; nowMs?: number }> = {},
  ): Promise<Catalogue | undefined> {
    const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    return bytes > MOST_BYTES
      ? Promise.resolve(undefined)
      : faultless(readChanges(this.current.catalogue, { files, ...more }));
  }
}

async function faultless(steps: Steps<Catalogue | undefined>): Promise<Catalogue | undefined> {
  try {
    return await inSlices(steps, MOST_SLICES);
  } catch (error) {
    if (error instanceof CatalogueFault) return undefined;
    throw error;
  }
}

/** Undefined where one is missing, or they are not small. */
async function smallFilesOf(folder: string): Promise<VersionFiles | undefined> {
  const files = new Map<string, Buffer>();
  try {
    let bytes = 0;
    for (const name of CATALOGUE_FILES) {
      bytes += (await stat(join(folder, name))).size;
      if (bytes > MOST_BYTES) return undefined;
      files.set(name, await readFile(join(folder, name)));
    }
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
  return files;
}

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError, type OperationalLog } from '../platform/operational-log.js';
import type { Catalogue } from './catalogue.js';
import { CatalogueFault } from './catalogue-fault.js';
import type { CatalogueReader } from './catalogue-reader.js';
import type { CurrentCatalogue } from './current-catalogue.js';
import { CATALOGUE_FILES, loadCatalogue } from './load-catalogue.js';

/** Twice this and the time to load it is how long a changed file takes to count: well below a minute (design 5). */
export const LOOK_EVERY_MS = 5000;

/** A catalogue from a folder, and how the files were before they were read: what changes meanwhile is a change. */
export type LoadedFolder = Readonly<{ folder: string; catalogue: Catalogue; files: string }>;

/** @throws CatalogueFault */
export async function loadFolder(folder: string): Promise<LoadedFolder> {
  const files = await fingerprint(folder);
  return { folder, catalogue: loadCatalogue({ folder }), files };
}

type Parts = Readonly<{
  loaded: Omit<LoadedFolder, 'catalogue'>;
  reader: CatalogueReader;
  current: CurrentCatalogue;
  log: OperationalLog;
  /** Whether this process still has its place in another catalogue. @throws what it lacks: then it may not go on */
  demandPlace: (next: Catalogue) => void;
  /** Ends the process in order: it is not to answer by a catalogue that its operator took back. */
  end: () => void;
}>;

/**
 * Keeps a process at what its own folder says. A changed copy counts once two looks have found the same files, read beside the
 * work and checked as a whole. One with faults changes nothing, and the log says which.
 */
export class FollowedFolder {
  #known: string;
  #seen: string;
  #looking: Promise<void> | undefined;

  constructor(private readonly parts: Parts) {
    this.#known = parts.loaded.files;
    this.#seen = parts.loaded.files;
  }

  look(): Promise<void> {
    this.#looking ??= this.follow()
      .catch((error: unknown) => this.parts.log.error(describeError(error), 'the folder of the catalogue is not read'))
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  private async follow(): Promise<void> {
    const { reader, current, log, demandPlace, end } = this.parts;
    const { folder } = this.parts.loaded;
    const seen = await fingerprint(folder);
    const isSettled = seen === this.#seen;
    this.#seen = seen;
    if (seen === this.#known || !isSettled) return;
    let next: Catalogue;
    try {
      next = await reader.folder(folder);
    } catch (error) {
      // What failed otherwise says nothing about the files: the next look tries them again.
      if (!(error instanceof CatalogueFault)) throw error;
      this.#known = seen;
      const faults = error.faults.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('; ');
      log.error({ faults }, 'the changed catalogue has faults: the one before it stays in force');
      return;
    }
    try {
      demandPlace(next);
    } catch (error) {
      log.error(describeError(error), 'the changed catalogue leaves this process no place: it ends');
      end();
      return;
    }
    await current.replace(next);
    this.#known = seen;
    log.info({ catalogue: next.version.slice(0, 12) }, 'catalogue in force');
  }
}

/** A file that is missing is a change, too. */
async function fingerprint(folder: string): Promise<string> {
  const found = CATALOGUE_FILES.map(async (name) => {
    try {
      const { mtimeMs, size, ino } = await stat(join(folder, name));
      return `${mtimeMs} ${size} ${ino}`;
    } catch {
      return '';
    }
  });
  return (await Promise.all(found)).join('\n');
}

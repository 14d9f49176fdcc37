import { describeError, type OperationalLog } from '../platform/operational-log.js';
import type { Catalogue } from './catalogue.js';
import { CatalogueFault } from './catalogue-fault.js';
import type { CatalogueReader } from './catalogue-reader.js';
import type { CurrentCatalogue } from './current-catalogue.js';
import { CATALOGUE_FILES, loadCatalogue } from './load-catalogue.js';
import { fingerprintOf, SettledFiles } from './settled-files.js';

/** A catalogue from a folder, and how the files were before they were read: what changes meanwhile is a change. */
export type LoadedFolder = Readonly<{ folder: string; catalogue: Catalogue; files: string }>;

/** @throws CatalogueFault */
export async function loadFolder(folder: string): Promise<LoadedFolder> {
  const files = await fingerprintOf(folder, CATALOGUE_FILES);
  return { folder, catalogue: loadCatalogue({ folder }), files };
}

type Parts = Readonly<{
  loaded: Omit<LoadedFolder, 'catalogue'>;
  reader: CatalogueReader;
  current: CurrentCatalogue;
  log: OperationalLog;
  /** What a changed copy waits for before it is read: processes on one machine are not all to read at once. */
  ownMoment: () => Promise<unknown>;
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
  readonly #files: SettledFiles;
  #looking: Promise<void> | undefined;

  constructor(private readonly parts: Parts) {
    const { folder, files } = parts.loaded;
    this.#files = new SettledFiles(() => fingerprintOf(folder, CATALOGUE_FILES), files);
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
    const { reader, current, log, ownMoment, demandPlace, end } = this.parts;
    if ((await this.#files.changed()) === undefined) return;
    await ownMoment();
    const changed = await this.#files.changed();
    if (changed === undefined) return;
    let next: Catalogue;
    try {
      next = await reader.folder(this.parts.loaded.folder);
    } catch (error) {
      // What failed otherwise says nothing about the files: the next look tries them again.
      if (!(error instanceof CatalogueFault)) throw error;
      this.#files.take(changed);
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
    this.#files.take(changed);
    log.info({ catalogue: next.version.slice(0, 12) }, 'catalogue in force');
  }
}

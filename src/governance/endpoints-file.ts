import type { Endpoint } from '../catalogue/catalogue.js';
import { CatalogueFault } from '../catalogue/catalogue-fault.js';
import { ENDPOINTS_FILE, readEndpoints } from '../catalogue/load-catalogue.js';
import { fingerprintOf, SettledFiles } from '../catalogue/settled-files.js';
import { describeError, OperationalLog } from '../platform/operational-log.js';

/**
 * Where others are reached, as the files of this node say it: no part of a version (ADR 19), and followed like one. A changed file
 * counts once two looks have found the same; one with faults changes nothing.
 */
export class EndpointsFile {
  #latest: readonly Endpoint[];
  readonly #files: SettledFiles;

  private constructor(
    private readonly folder: string,
    /** What the node has begun with. */
    readonly begun: readonly Endpoint[],
    private readonly log: OperationalLog,
  ) {
    this.#latest = begun;
    this.#files = new SettledFiles(() => fingerprintOf(folder, [ENDPOINTS_FILE]));
  }

  static async begin(folder: string, begun: readonly Endpoint[], log: OperationalLog): Promise<EndpointsFile> {
    const file = new EndpointsFile(folder, begun, log);
    await file.#files.begin();
    return file;
  }

  /** The same list as long as nothing has changed. */
  async latest(): Promise<readonly Endpoint[]> {
    const changed = await this.#files.changed();
    if (changed === undefined) return this.#latest;
    this.#files.take(changed);
    try {
      this.#latest = readEndpoints(this.folder);
    } catch (error) {
      const faults =
        error instanceof CatalogueFault ? error.faults.map(({ line, message }) => `${line}: ${message}`) : [];
      this.log.error(
        { ...describeError(error), faults: faults.join('; ') },
        'the changed addresses have faults: those before stay in use',
      );
    }
    return this.#latest;
  }
}

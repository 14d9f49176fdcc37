import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Endpoint } from '../catalogue/catalogue.js';
import { CatalogueFault } from '../catalogue/catalogue-fault.js';
import { ENDPOINTS_FILE, readEndpoints } from '../catalogue/load-catalogue.js';
import { describeError, OperationalLog } from '../platform/operational-log.js';

/**
 * Where others are reached, as the files of this node say it: no part of a version (ADR 19), and followed like one. A changed file
 * counts once two looks have found the same; one with faults changes nothing.
 */
export class EndpointsFile {
  #latest: readonly Endpoint[];
  #known: string | undefined;
  #seen: string | undefined;

  private constructor(
    private readonly folder: string,
    /** What the node has begun with. */
    readonly begun: readonly Endpoint[],
    private readonly log: OperationalLog,
  ) {
    this.#latest = begun;
  }

  static async begin(folder: string, begun: readonly Endpoint[], log: OperationalLog): Promise<EndpointsFile> {
    const file = new EndpointsFile(folder, begun, log);
    file.#known = await file.fingerprint();
    file.#seen = file.#known;
    return file;
  }

  /** The same list as long as nothing has changed. */
  async latest(): Promise<readonly Endpoint[]> {
    const seen = await this.fingerprint();
    const isSettled = seen === this.#seen;
    this.#seen = seen;
    if (seen === this.#known || !isSettled) return this.#latest;
    this.#known = seen;
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

  private async fingerprint(): Promise<string> {
    try {
      const { mtimeMs, size, ino } = await stat(join(this.folder, ENDPOINTS_FILE));
      return `${mtimeMs} ${size} ${ino}`;
    } catch {
      return '';
    }
  }
}

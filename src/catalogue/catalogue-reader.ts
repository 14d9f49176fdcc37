import type { Catalogue, Endpoint } from './catalogue.js';
import type { VersionFiles } from './load-catalogue.js';

/**
 * Reads and checks a catalogue while the process goes on with its work, and gives it frozen. Every fault that it has comes in
 * one `CatalogueFault`.
 */
export abstract class CatalogueReader {
  /** A version from its files, with the addresses of those participants that it knows. `nowMs`: see `checkAgreements`. */
  abstract version(files: VersionFiles, endpoints: readonly Endpoint[], nowMs?: number): Promise<Catalogue>;
  abstract folder(folder: string): Promise<Catalogue>;
}

import { createHash } from 'node:crypto';
import type { Catalogue, Endpoint } from './catalogue.js';
import { CatalogueReader } from './catalogue-reader.js';
import { type VersionFiles, withEndpoints } from './load-catalogue.js';

/** What is kept beside the version in force: thousands of rules, not a hundred thousand. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Remembers the version that was read last: a proposal is read when it is made, and comes into force unchanged, so that a node that
 * knows it need not read it again. Only what had no fault is remembered, and only the very same bytes are recognised.
 */
export class RememberingCatalogueReader extends CatalogueReader {
  #last: Readonly<{ digest: string; catalogue: Catalogue }> | undefined;

  constructor(private readonly reader: CatalogueReader) {
    super();
  }

  override async version(files: VersionFiles, endpoints: readonly Endpoint[], nowMs?: number): Promise<Catalogue> {
    // What is too large to be kept is not hashed either: that would hold up whoever waits for an answer.
    const digest = bytesOf(files) > MOST_BYTES ? undefined : digestOf(files);
    // At a moment that is given, more must hold: then it is read.
    if (nowMs === undefined && digest !== undefined && digest === this.#last?.digest)
      return withEndpoints(this.#last.catalogue, endpoints);
    const catalogue = await this.reader.version(files, endpoints, nowMs);
    this.#last = digest === undefined ? undefined : { digest, catalogue };
    return catalogue;
  }

  override folder(folder: string): Promise<Catalogue> {
    return this.reader.folder(folder);
  }
}

function bytesOf(files: VersionFiles): number {
  return [...files.values()].reduce((sum, { length }) => sum + length, 0);
}

/** Of names and contents, with the length of each: no two sets of files give the same. */
function digestOf(files: VersionFiles): string {
  const hash = createHash('sha256');
  for (const [name, content] of [...files].toSorted(([one], [other]) => (one < other ? -1 : 1)))
    hash.update(JSON.stringify([name, content.length])).update(content);
  return hash.digest('base64url');
}

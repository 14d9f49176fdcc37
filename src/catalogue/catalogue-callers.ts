import { CallerDirectory } from '../platform/caller.js';
import type { Participant } from './catalogue.js';
import type { CatalogueLookup } from './lookup.js';

/** Callers are who the catalogue says their certificate belongs to. */
export class CatalogueCallers extends CallerDirectory {
  constructor(private readonly lookup: CatalogueLookup) {
    super();
  }

  override participantOf(thumbprint: string): Participant | undefined {
    return this.lookup.participantByCertificate(thumbprint);
  }
}

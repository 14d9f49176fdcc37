import { CallerDirectory } from '../platform/caller.js';
import { importVerificationKey, type VerificationKey } from '../tokens/jws.js';
import type { Catalogue, KeyUse, Participant } from './catalogue.js';
import { CatalogueLookup } from './lookup.js';

/** The catalogue that this process decides by, with its public keys imported once. The only source of trust in keys. */
export class CurrentCatalogue extends CallerDirectory {
  readonly lookup: CatalogueLookup;
  readonly #keys = new Map<string, Promise<readonly VerificationKey[]>>();

  constructor(readonly catalogue: Catalogue) {
    super();
    this.lookup = new CatalogueLookup(catalogue);
  }

  override participantOf(thumbprint: string): Participant | undefined {
    return this.lookup.participantByCertificate(thumbprint);
  }

  /** Keys that the catalogue names for this participant and use; empty for a participant that it does not know. */
  verificationKeys(participant: string, use: KeyUse): Promise<readonly VerificationKey[]> {
    // Nothing is kept for names that a token merely claims: they would fill the memory.
    if (this.lookup.keysOf(participant) === undefined) return Promise.resolve([]);
    const name = `${use} ${participant}`;
    let keys = this.#keys.get(name);
    if (keys === undefined) {
      keys = Promise.all(this.lookup.keys(participant, use).map(importVerificationKey));
      this.#keys.set(name, keys);
    }
    return keys;
  }
}

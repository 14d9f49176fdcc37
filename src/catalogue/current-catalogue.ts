import { CallerDirectory } from '../platform/caller.js';
import { importVerificationKey, type VerificationKey } from '../tokens/jws.js';
import type { Catalogue, KeyUse, Participant } from './catalogue.js';
import { CatalogueLookup } from './lookup.js';

/** Makes ready what decides by another catalogue, before that one counts. */
export type Preparation = (next: CatalogueLookup) => Promise<void>;

/**
 * The catalogue that this process decides by, with its public keys imported once. The only source of trust in keys. Whoever
 * keeps `lookup` or `catalogue` beyond one step keeps the version that step began with: right for mapping and texts, never for
 * what permits.
 */
export class CurrentCatalogue extends CallerDirectory {
  #lookup: CatalogueLookup;
  #keys = new Map<string, Promise<readonly VerificationKey[]>>();
  readonly #preparations: Preparation[] = [];

  constructor(catalogue: Catalogue) {
    super();
    this.#lookup = new CatalogueLookup(catalogue);
  }

  get catalogue(): Catalogue {
    return this.#lookup.catalogue;
  }

  get lookup(): CatalogueLookup {
    return this.#lookup;
  }

  /** Runs before each replacement; what fails keeps the catalogue as it is. */
  beforeReplacement(prepare: Preparation): void {
    this.#preparations.push(prepare);
  }

  /** From one moment to the next: no call sees a part of both. */
  async replace(catalogue: Catalogue): Promise<void> {
    const next = new CatalogueLookup(catalogue);
    for (const prepare of this.#preparations) await prepare(next);
    this.#lookup = next;
    this.#keys = new Map();
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

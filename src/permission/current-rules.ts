import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { CatalogueLookup } from '../catalogue/lookup.js';
import { RuleIndex } from './rule-index.js';

/** The rules of the catalogue that this process decides by, indexed once for each version of it. */
export class CurrentRules {
  #index: RuleIndex;
  #next: RuleIndex | undefined;

  constructor(private readonly current: CurrentCatalogue) {
    this.#index = new RuleIndex(current.lookup);
    current.beforeReplacement((lookup) => this.prepare(lookup));
  }

  get index(): RuleIndex {
    const { lookup } = this.current;
    if (this.#index.lookup === lookup) return this.#index;
    this.#index = this.#next?.lookup === lookup ? this.#next : new RuleIndex(lookup);
    this.#next = undefined;
    return this.#index;
  }

  private async prepare(lookup: CatalogueLookup): Promise<void> {
    this.#next = await RuleIndex.inSlices(lookup);
  }
}

import type { Rule } from '../catalogue/catalogue.js';
import type { CatalogueLookup } from '../catalogue/lookup.js';
import type { TransferQuestion } from './transfer-question.js';

export const ANY = 'any';

type Patterns = Pick<Rule, keyof TransferQuestion>;

/**
 * The rules of one catalogue, found by what they name: a question reads at most 48 places, however many rules there
 * are. Built once per catalogue.
 */
export class RuleIndex {
  readonly #byPatterns = new Map<string, Rule[]>();

  constructor(readonly lookup: CatalogueLookup) {
    for (const rule of lookup.catalogue.rules) {
      const key = keyOf(rule);
      const same = this.#byPatterns.get(key);
      if (same) same.push(rule);
      else this.#byPatterns.set(key, [rule]);
    }
  }

  /** Every rule, allow or deny, whose patterns all match; `registerType` is the type of the question's provider. */
  matching(question: TransferQuestion, registerType: string): readonly Rule[] {
    const found: Rule[] = [];
    for (const provider of [question.provider, `type:${registerType}`, ANY])
      for (const consumer of [question.consumer, ANY])
        for (const evidence_type of [question.evidence_type, ANY])
          for (const purpose of [question.purpose, ANY])
            for (const legal_basis of [question.legal_basis, ANY]) {
              const key = keyOf({ consumer, provider, evidence_type, purpose, legal_basis });
              for (const rule of this.#byPatterns.get(key) ?? []) found.push(rule);
            }
    return found;
  }
}

/** No identifier of the catalogue has a line end, so that no two lists of patterns share a key. */
function keyOf({ consumer, provider, evidence_type, purpose, legal_basis }: Patterns): string {
  return `${consumer}\n${provider}\n${evidence_type}\n${purpose}\n${legal_basis}`;
}

import type { Rule } from '../catalogue/catalogue.js';
import type { CatalogueLookup } from '../catalogue/lookup.js';
import type { TransferQuestion } from './transfer-question.js';

const ANY = 'any';

type Selector = Pick<Rule, 'consumer' | 'evidence_type' | 'purpose'>;

/** The rules of one catalogue, found without reading all of them. Built once per catalogue. */
export class RuleIndex {
  readonly #buckets = new Map<string, Rule[]>();

  constructor(readonly lookup: CatalogueLookup) {
    for (const rule of lookup.catalogue.rules) {
      const key = keyOf(rule);
      const bucket = this.#buckets.get(key);
      if (bucket) bucket.push(rule);
      else this.#buckets.set(key, [rule]);
    }
  }

  /** Every rule, allow or deny, whose patterns all match; `registerType` is the type of the question's provider. */
  matching(question: TransferQuestion, registerType: string): readonly Rule[] {
    return selectorsOf(question)
      .flatMap((selector) => this.#buckets.get(keyOf(selector)) ?? [])
      .filter(
        (rule) =>
          [ANY, question.provider, `type:${registerType}`].includes(rule.provider) &&
          [ANY, question.legal_basis].includes(rule.legal_basis),
      );
  }
}

function keyOf({ consumer, evidence_type, purpose }: Selector): string {
  return JSON.stringify([consumer, evidence_type, purpose]);
}

function selectorsOf({ consumer, evidence_type, purpose }: TransferQuestion): readonly Selector[] {
  return [consumer, ANY].flatMap((c) =>
    [evidence_type, ANY].flatMap((e) => [purpose, ANY].map((p) => ({ consumer: c, evidence_type: e, purpose: p }))),
  );
}

import type { Rule } from '../catalogue/catalogue.js';
import type { CatalogueLookup } from '../catalogue/lookup.js';
import { Slices } from '../platform/slices.js';
import type { TransferQuestion } from './transfer-question.js';

export const ANY = 'any';
/** Looking at the clock after each rule would take longer than adding it. */
const AT_ONCE = 50;

type Patterns = Pick<Rule, keyof TransferQuestion>;

/** What the rules of one kind name, as a list of patterns made of a question. Of 48 kinds a catalogue has a few. */
type Kind = Readonly<{
  patternsOf(question: TransferQuestion, registerType: string): Patterns;
  /** By consumer, then by everything else: what a thousand consumers may ask alike is one text, which is at hand. */
  rules: Map<string, Map<string, Rule[]>>;
}>;

/**
 * The rules of one catalogue, found by what they name: a question is looked up once for each kind of rule there is, however
 * many rules there are. Built once per catalogue.
 */
export class RuleIndex {
  readonly #kinds = new Map<string, Kind>();
  readonly #keys = new Map<string, string>();

  /** @param rules others than those of the catalogue */
  constructor(
    readonly lookup: CatalogueLookup,
    rules: readonly Rule[] = lookup.catalogue.rules,
  ) {
    for (const rule of rules) this.#add(rule);
  }

  /** The same while others go on deciding. */
  static async inSlices(lookup: CatalogueLookup): Promise<RuleIndex> {
    const index = new RuleIndex(lookup, []);
    const slices = new Slices();
    for (const [place, rule] of lookup.catalogue.rules.entries()) {
      index.#add(rule);
      if (place % AT_ONCE === 0) await slices.rest();
    }
    return index;
  }

  /** Every rule, allow or deny, whose patterns all match; `registerType` is the type of the question's provider. */
  matching(question: TransferQuestion, registerType: string): readonly Rule[] {
    const found: Rule[] = [];
    for (const { patternsOf, rules } of this.#kinds.values()) {
      const patterns = patternsOf(question, registerType);
      for (const rule of rules.get(patterns.consumer)?.get(keyOf(patterns)) ?? []) found.push(rule);
    }
    return found;
  }

  #add(rule: Rule): void {
    const { rules } = this.#kindOf(rule);
    const ofConsumer = rules.get(rule.consumer) ?? new Map<string, Rule[]>();
    rules.set(rule.consumer, ofConsumer);
    const key = this.#pooled(keyOf(rule));
    const same = ofConsumer.get(key);
    if (same) same.push(rule);
    else ofConsumer.set(key, [rule]);
  }

  #pooled(key: string): string {
    const known = this.#keys.get(key);
    if (known === undefined) this.#keys.set(key, key);
    return known ?? key;
  }

  #kindOf({ consumer, provider, evidence_type, purpose, legal_basis }: Patterns): Kind {
    const named = [consumer, evidence_type, purpose, legal_basis].map((pattern) => pattern !== ANY);
    const of = provider === ANY ? ANY : provider.startsWith('type:') ? 'type' : 'register';
    const name = `${of} ${named.join(' ')}`;
    const known = this.#kinds.get(name);
    if (known) return known;
    const [byConsumer, byType, byPurpose, byBasis] = named;
    const kind: Kind = {
      patternsOf: (question, registerType) => ({
        consumer: byConsumer ? question.consumer : ANY,
        provider: of === ANY ? ANY : of === 'type' ? `type:${registerType}` : question.provider,
        evidence_type: byType ? question.evidence_type : ANY,
        purpose: byPurpose ? question.purpose : ANY,
        legal_basis: byBasis ? question.legal_basis : ANY,
      }),
      rules: new Map(),
    };
    this.#kinds.set(name, kind);
    return kind;
  }
}

/** No identifier of the catalogue has a line end, so that no two lists of patterns share a key. */
function keyOf({ provider, evidence_type, purpose, legal_basis }: Omit<Patterns, 'consumer'>): string {
  return `${provider}\n${evidence_type}\n${purpose}\n${legal_basis}`;
}

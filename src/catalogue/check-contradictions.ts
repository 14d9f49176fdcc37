import type { Steps } from '../platform/slices.js';
import type { Rule } from './catalogue.js';
import type { ReadSections, Report } from './sections.js';

const ANY = 'any';

/**
 * Rules that cannot both be meant: an allow, or a field of it, that a deny always takes back, and allows for one and the
 * same transfer that nobody could attest to both. A deny that only narrows an allow is no contradiction.
 */
export function* checkContradictions(read: ReadSections, report: Report): Steps<void> {
  const rules = read.rules ?? [];
  const typeOf = new Map(read.registers?.map(({ id, type }) => [id, `type:${type}`]));
  const denies = new Map<string, Rule[]>();
  const allows = new Map<string, Rule>();
  for (const rule of rules) {
    if (rule.effect !== 'deny') continue;
    const key = keyOf(rule);
    const bucket = denies.get(key);
    if (bucket) bucket.push(rule);
    else denies.set(key, [rule]);
  }
  for (const [index, rule] of rules.entries()) {
    yield;
    if (rule.effect !== 'allow') continue;
    const say = (path: readonly (string | number)[], message: string) =>
      report('rules', ['rules', index, ...path], message);
    const covering = selectorsOver(rule)
      .flatMap((selector) => denies.get(keyOf(selector)) ?? [])
      .filter((deny) => covers(deny, rule, typeOf));
    const whole = covering.find(({ fields }) => fields.length === 0);
    if (whole) say(['id'], `rule "${rule.id}" never applies: deny "${whole.id}" takes all of it back`);
    for (const [i, field] of whole ? [] : rule.fields.entries()) {
      const deny = covering.find(({ fields }) => fields.includes(field));
      if (deny) say(['fields', i], `rule "${rule.id}" allows "${field}", which deny "${deny.id}" always takes back`);
    }
    const same = `${keyOf(rule)} ${rule.provider} ${rule.legal_basis}`;
    const other = allows.get(same);
    if (other && !other.attested_by.some((kind) => rule.attested_by.includes(kind)))
      say(['attested_by'], `rules "${other.id}" and "${rule.id}" allow the same, and nobody can attest for both`);
    allows.set(same, rule);
  }
}

type Selector = Pick<Rule, 'consumer' | 'evidence_type' | 'purpose'>;

function keyOf({ consumer, evidence_type, purpose }: Selector): string {
  return `${consumer} ${evidence_type} ${purpose}`;
}

/** Selectors that match whatever this one matches. */
function selectorsOver({ consumer, evidence_type, purpose }: Selector): readonly Selector[] {
  return [consumer, ANY].flatMap((c) =>
    [evidence_type, ANY].flatMap((e) => [purpose, ANY].map((p) => ({ consumer: c, evidence_type: e, purpose: p }))),
  );
}

function covers(deny: Rule, { provider, legal_basis }: Rule, typeOf: ReadonlyMap<string, string>): boolean {
  return [ANY, provider, typeOf.get(provider)].includes(deny.provider) && [ANY, legal_basis].includes(deny.legal_basis);
}

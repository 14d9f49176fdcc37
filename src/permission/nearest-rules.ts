import type { Rule } from '../catalogue/catalogue.js';
import { ANY } from './rule-index.js';
import type { TransferQuestion } from './transfer-question.js';

export type NearRule = Readonly<{
  rule: Rule;
  /** Members of the question that the rule is not about. */
  differs: readonly (keyof TransferQuestion)[];
}>;

const MEMBERS = ['consumer', 'provider', 'purpose', 'legal_basis'] as const;
/** A rule that has nothing but the evidence type in common explains nothing. */
const MAX_DIFFERENCES = 3;
const MAX_RULES = 10;

/**
 * Allows for the same evidence type that match in all but the fewest members; none of those that match.
 *
 * @param whose rules of other consumers, too, or of this one and of everybody alone
 */
export function nearestAllows(
  rules: readonly Rule[],
  question: TransferQuestion,
  registerType: string | undefined,
  whose: 'own' | 'all',
): readonly NearRule[] {
  let fewest = MAX_DIFFERENCES;
  let nearest: NearRule[] = [];
  for (const rule of rules) {
    if (rule.effect === 'deny' || ![question.evidence_type, ANY].includes(rule.evidence_type)) continue;
    const differs = MEMBERS.filter((member) => !matches(rule, question, registerType, member));
    if (differs.length === 0 || differs.length > fewest || (whose === 'own' && differs.includes('consumer'))) continue;
    if (differs.length < fewest) nearest = [];
    fewest = differs.length;
    nearest.push({ rule, differs });
  }
  return nearest.sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1)).slice(0, MAX_RULES);
}

function matches(
  rule: Rule,
  question: TransferQuestion,
  registerType: string | undefined,
  member: (typeof MEMBERS)[number],
): boolean {
  return (
    [question[member], ANY].includes(rule[member]) ||
    (member === 'provider' && rule.provider === `type:${registerType}`)
  );
}

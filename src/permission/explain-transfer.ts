import type { Rule } from '../catalogue/catalogue.js';
import { type FieldLimit, fieldLimits } from '../catalogue/field-limits.js';
import type { CatalogueLookup } from '../catalogue/lookup.js';
import type { Explained } from '../platform/explained.js';
import { type Decision, decideTransfer } from './decide-transfer.js';
import { changesThatPermit, changesThatRefuse } from './find-changes.js';
import { type NearRule, nearestAllows } from './nearest-rules.js';
import type { PolicyChange } from './policy-change.js';
import { ANY, type RuleIndex } from './rule-index.js';
import type { TransferQuestion } from './transfer-question.js';

export type MatchedRule = Readonly<{
  rule: Rule;
  /** How much of the question it names, 0 (nothing) to 6 (all, and the very register). */
  rank: number;
  part: 'allows' | 'denies' | 'is overridden' | 'has no effect';
}>;

/** Why a transfer is permitted or refused, and what would turn that. Like the question, it knows no person. */
export type Explanation = Readonly<{
  question: TransferQuestion;
  /** Attributes that it is about, sorted. */
  asked: readonly string[];
  decision: Decision;
  /** Of the asked ones; by rules that deny and limits that narrow. */
  refused: readonly Readonly<{ attribute: string; deniedBy: readonly string[] }>[];
  /** The narrowest first. A deny overrides at every rank. */
  matched: readonly MatchedRule[];
  missing: readonly Explained[];
  /** Each was applied and decided again: after it all that is asked may pass, or nothing where all of it may pass now. */
  changes: readonly PolicyChange[];
}>;

/**
 * @param asked attributes; without it those that the rules which match, or else the nearest, allow
 * @param whose whether rules that are about other consumers are mentioned
 */
export function explainTransfer(
  rules: RuleIndex,
  question: TransferQuestion,
  asked?: readonly string[],
  whose: 'own' | 'all' = 'all',
): Explanation {
  const { lookup } = rules;
  const registerType = lookup.register(question.provider)?.type;
  const matching = isListed(lookup, question) && registerType ? rules.matching(question, registerType) : [];
  const nearest = nearestAllows(lookup.catalogue.rules, question, registerType, whose);
  const about = askedOf(lookup, question, asked, [matching, nearest.map(({ rule }) => rule)]);
  const decision = decideTransfer(rules, question, about);
  const limits = isListed(lookup, question) ? fieldLimits(lookup, question) : [];
  const passing = decision.kind === 'allowed' ? decision.fields : [];
  const refused = about
    .filter((it) => !passing.includes(it))
    .map((attribute) => ({ attribute, deniedBy: deniersOf(matching, limits, attribute) }));
  const grounds = { rules, question, asked: about, matching, nearest };
  return {
    question,
    asked: about,
    decision,
    refused,
    matched: matching.map((rule) => matchedRule(rule, about, passing)).sort(byRank),
    missing: missingOf(lookup, question, asked ?? [], refused, { matching, limits, nearest }),
    changes: about.length === 0 ? [] : refused.length === 0 ? changesThatRefuse(grounds) : changesThatPermit(grounds),
  };
}

function askedOf(
  lookup: CatalogueLookup,
  { evidence_type }: TransferQuestion,
  asked: readonly string[] | undefined,
  candidates: readonly (readonly Rule[])[],
): readonly string[] {
  const attributes =
    lookup
      .evidenceType(evidence_type)
      ?.attributes.map(({ id }) => id)
      .sort() ?? [];
  if (asked !== undefined && asked.length > 0) return attributes.filter((it) => asked.includes(it));
  for (const rules of candidates) {
    const named = new Set(rules.flatMap(({ effect, fields }) => (effect === 'allow' ? fields : [])));
    const found = attributes.filter((it) => named.has(it));
    if (found.length > 0) return found;
  }
  return attributes;
}

function isListed(lookup: CatalogueLookup, question: TransferQuestion): boolean {
  return unlisted(lookup, question).length === 0;
}

function unlisted(lookup: CatalogueLookup, question: TransferQuestion): readonly Explained[] {
  const { consumer, provider, evidence_type, purpose, legal_basis } = question;
  const known = [
    ['consumer', consumer, lookup.participant(consumer)],
    ['provider', provider, lookup.register(provider)],
    ['evidence_type', evidence_type, lookup.evidenceType(evidence_type)],
    ['purpose', purpose, lookup.purpose(purpose)],
    ['legal_basis', legal_basis, lookup.legalBasis(legal_basis)],
  ] as const;
  return known.flatMap(([member, value, found]) =>
    found === undefined ? [{ code: 'NOT_LISTED' as const, values: { member, value } }] : [],
  );
}

function deniersOf(matching: readonly Rule[], limits: readonly FieldLimit[], attribute: string): readonly string[] {
  const denies = matching.filter(
    ({ effect, fields }) => effect === 'deny' && (fields.length === 0 || fields.includes(attribute)),
  );
  return [...denies, ...limits.filter(({ permits }) => !permits(attribute))].map(({ id }) => id).sort();
}

function matchedRule(rule: Rule, asked: readonly string[], passing: readonly string[]): MatchedRule {
  return { rule, rank: rankOf(rule), part: partOf(rule, asked, passing) };
}

function partOf({ effect, fields }: Rule, asked: readonly string[], passing: readonly string[]): MatchedRule['part'] {
  const isAbout = (effect === 'deny' && fields.length === 0) || fields.some((it) => asked.includes(it));
  if (!isAbout) return 'has no effect';
  if (effect === 'deny') return 'denies';
  return fields.some((it) => passing.includes(it)) ? 'allows' : 'is overridden';
}

function rankOf({ provider, ...rule }: Rule): number {
  const ofProvider = provider === ANY ? 0 : provider.startsWith('type:') ? 1 : 2;
  const named = (['consumer', 'evidence_type', 'purpose', 'legal_basis'] as const).filter((it) => rule[it] !== ANY);
  return ofProvider + named.length;
}

function byRank(a: MatchedRule, b: MatchedRule): number {
  return b.rank - a.rank || (a.rule.id < b.rule.id ? -1 : 1);
}

type Found = Readonly<{ matching: readonly Rule[]; limits: readonly FieldLimit[]; nearest: readonly NearRule[] }>;

function missingOf(
  lookup: CatalogueLookup,
  question: TransferQuestion,
  asked: readonly string[],
  refused: Explanation['refused'],
  { matching, limits, nearest }: Found,
): readonly Explained[] {
  const { evidence_type, provider } = question;
  const strangers = unlisted(lookup, question);
  const attributes = lookup.evidenceType(evidence_type)?.attributes.map(({ id }) => id);
  const noAttribute = asked
    .filter((it) => attributes !== undefined && !attributes.includes(it))
    .map((attribute): Explained => ({ code: 'ATTRIBUTE_UNKNOWN', values: { evidence_type, attribute } }));
  if (strangers.length > 0) return [...strangers, ...noAttribute];
  const held = lookup.register(provider)?.evidence_types.includes(evidence_type) ?? false;
  const notHeld: readonly Explained[] = held ? [] : [{ code: 'NOT_HELD', values: { provider, evidence_type } }];
  const denied = matching
    .filter((rule) => refused.some(({ deniedBy }) => deniedBy.includes(rule.id)))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, source }): Explained => ({ code: 'RULE_DENIES', values: { rule: id, source } }));
  const bounded = limits
    .filter(({ id }) => refused.some(({ deniedBy }) => deniedBy.includes(id)))
    .map(({ id, norm }): Explained => ({ code: 'LIMIT_DENIES', values: { limit: id, source: norm } }));
  const allows = matching.filter(({ effect }) => effect === 'allow');
  const unnamed = refused
    .map(({ attribute }) => attribute)
    .filter((it) => allows.every(({ fields }) => !fields.includes(it)));
  return [...noAttribute, ...notHeld, ...denied, ...bounded, ...unnamedOf(unnamed, allows, nearest)];
}

function unnamedOf(
  unnamed: readonly string[],
  allows: readonly Rule[],
  nearest: readonly NearRule[],
): readonly Explained[] {
  if (unnamed.length === 0) return [];
  if (allows.length > 0) return [{ code: 'NOT_NAMED', values: { attributes: unnamed.join(', ') } }];
  return [
    { code: 'NO_RULE', values: {} },
    ...nearest.map(({ rule, differs }): Explained => {
      const others = Object.fromEntries(differs.map((member) => [member, rule[member]]));
      return { code: 'ALLOWS_THE_LIKE', values: { rule: rule.id, ...others } };
    }),
  ];
}

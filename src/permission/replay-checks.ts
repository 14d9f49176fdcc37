import { decideAgreed } from './decide-agreed.js';
import type { Decision } from './decide-transfer.js';
import { windowOf } from './rate-window.js';
import type { RuleIndex } from './rule-index.js';
import type { TransferQuestion } from './transfer-question.js';

/** One check as the permission log holds it. What the catalogue did not list then is null. */
export type PastCheck = Readonly<{
  /** Milliseconds since the epoch. */
  checkedAt: number;
  consumer: string | null;
  provider: string | null;
  evidenceType: string | null;
  purpose: string | null;
  legalBasis: string | null;
  askedFields: readonly string[];
  fields: readonly string[];
  /** Whether a token was released with it: one request to a register, which counts against limits. */
  isRequest: boolean;
  /** Null: it was permitted. */
  reason: string | null;
  ruleIds: readonly string[];
  catalogueVersion: string;
}>;

type Verdict = Readonly<{ reason: string | null; fields: readonly string[]; ruleIds: readonly string[] }>;

/** Equal requests whose decision would be another one. */
export type Flip = Readonly<{ question: TransferQuestion; count: number; before: Verdict; after: Verdict }>;

export type Replay = Readonly<{ replayed: number; notReplayed: number; flips: readonly Flip[] }>;

/**
 * Decides again, by other rules, what was asked. Decisions are compared by whether anything, and what, may pass. Limits are
 * counted as the intermediary would have counted them over this time, and what was refused and would be permitted counts as
 * the request that it would have been.
 *
 * Not replayed is what named something that the catalogue did not list then, what was asked by somebody who may not, and what
 * meant another version of its purpose: the log does not hold what would be needed.
 *
 * @param checks oldest first
 * @param atMs when the rules would be in force, milliseconds since the epoch: agreements count that hold then. One that was renewed
 *   does not turn what was asked under the one before
 */
export async function replayChecks(
  rules: RuleIndex,
  checks: AsyncIterable<PastCheck> | Iterable<PastCheck>,
  atMs: number,
): Promise<Replay> {
  const counts = new Map<string, number>();
  const flips = new Map<string, Flip & { count: number }>();
  let [replayed, notReplayed] = [0, 0];
  for await (const check of checks) {
    const question = questionOf(check);
    if (question === undefined) {
      notReplayed++;
      continue;
    }
    replayed++;
    const before = { reason: check.reason, fields: check.fields, ruleIds: check.ruleIds };
    const after = verdictOf(decideAgreed(rules, question, check.askedFields, atMs), check, counts);
    if (before.reason === after.reason && sameTexts(before.fields, after.fields)) continue;
    const key = JSON.stringify([question, before, after]);
    const known = flips.get(key);
    if (known) known.count++;
    else flips.set(key, { question, count: 1, before, after });
  }
  return { replayed, notReplayed, flips: [...flips.values()].sort((a, b) => b.count - a.count) };
}

function questionOf(check: PastCheck): TransferQuestion | undefined {
  const { consumer, provider, evidenceType, purpose, legalBasis, reason, askedFields } = check;
  if (consumer === null || provider === null || evidenceType === null || purpose === null || legalBasis === null)
    return undefined;
  const isAboutRules = reason === null || reason === 'TRANSFER_NOT_PERMITTED' || reason === 'RATE_LIMITED';
  if (!isAboutRules || askedFields.length === 0) return undefined;
  return { consumer, provider, evidence_type: evidenceType, purpose, legal_basis: legalBasis };
}

function verdictOf(
  decision: Decision,
  { checkedAt, isRequest, reason, consumer }: PastCheck,
  counts: Map<string, number>,
): Verdict {
  if (decision.kind === 'refused') return { reason: decision.reason, fields: [], ruleIds: decision.ruleIds };
  const { fields, ruleIds } = decision;
  // A look before a request is followed by one, and a look before a release by none.
  if (!isRequest && reason === null) return { reason: null, fields, ruleIds };
  const uses = decision.obligations.rates
    .filter(({ of }) => of === 'requests')
    .map(({ rule, per, max }) => ({
      rule,
      max,
      key: `${consumer}\n${rule}\n${per}\n${windowOf(checkedAt, per).startsAt}`,
    }));
  const usedUp = uses.filter(({ key, max }) => (counts.get(key) ?? 0) >= max);
  if (usedUp.length > 0) return { reason: 'RATE_LIMITED', fields: [], ruleIds: usedUp.map(({ rule }) => rule) };
  for (const { key } of uses) counts.set(key, (counts.get(key) ?? 0) + 1);
  return { reason: null, fields, ruleIds };
}

function sameTexts(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((it) => others.includes(it));
}

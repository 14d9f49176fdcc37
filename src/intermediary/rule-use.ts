import type { Period } from '../catalogue/catalogue.js';
import { windowOf } from '../permission/rate-window.js';
import type { Obligations } from '../tokens/obligations.js';

/** How often one consumer may use one rule in the period that runs. */
export type RuleUse = Readonly<{
  consumer: string;
  rule: string;
  per: Period;
  max: number;
  /** Milliseconds since the epoch; the end is outside. */
  startsAt: number;
  endsAt: number;
}>;

/** Requests only: the intermediary knows no person and cannot count any (IDNrG § 7 Abs. 2). */
export function ruleUses(consumer: string, { rates }: Obligations, nowMs: number): readonly RuleUse[] {
  return rates
    .filter(({ of }) => of === 'requests')
    .map(({ rule, per, max }) => ({ consumer, rule, per, max, ...windowOf(nowMs, per) }));
}

/** Nothing is left of these for the period that runs. */
export class UsedUp extends Error {
  override readonly name = 'UsedUp';
  constructor(readonly uses: readonly RuleUse[]) {
    super('what the rules allow in this period is used up');
  }
}

import type { Period } from '../catalogue/catalogue.js';
import type { Obligations } from '../tokens/obligations.js';
import { windowOf } from './rate-window.js';

/** How often one consumer may use one rule in the period that runs, or about how many different persons. */
export type RateUse = Readonly<{
  consumer: string;
  rule: string;
  per: Period;
  max: number;
  /** Milliseconds since the epoch; the end is outside. */
  startsAt: number;
  endsAt: number;
}>;

/**
 * Requests are counted by the intermediary, which knows no person and cannot count any (IDNrG § 7 Abs. 2); persons by node and
 * register edge, each by itself.
 */
export function rateUses(
  counted: 'requests' | 'persons',
  consumer: string,
  { rates }: Obligations,
  nowMs: number,
): readonly RateUse[] {
  return rates
    .filter(({ of }) => of === counted)
    .map(({ rule, per, max }) => ({ consumer, rule, per, max, ...windowOf(nowMs, per) }));
}

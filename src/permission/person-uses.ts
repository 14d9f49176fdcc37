import type { Period } from '../catalogue/catalogue.js';
import type { Obligations } from '../tokens/obligations.js';
import { windowOf } from './rate-window.js';

/** About how many different persons one consumer may ask under one rule in the period that runs. */
export type PersonUse = Readonly<{
  consumer: string;
  rule: string;
  per: Period;
  max: number;
  /** Milliseconds since the epoch; the end is outside. */
  startsAt: number;
  endsAt: number;
}>;

/** What node and register edge count, each by itself; the intermediary knows no person (IDNrG § 7 Abs. 2). */
export function personUses(consumer: string, { rates }: Obligations, nowMs: number): readonly PersonUse[] {
  return rates
    .filter(({ of }) => of === 'persons')
    .map(({ rule, per, max }) => ({ consumer, rule, per, max, ...windowOf(nowMs, per) }));
}

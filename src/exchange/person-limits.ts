import type { Period } from '../catalogue/catalogue.js';
import { windowOf } from '../permission/rate-window.js';
import type { Obligations } from '../tokens/obligations.js';

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

/**
 * About whom each consumer has asked under each rule, known by a keyed digest. The intermediary cannot count this, since it
 * knows no person (IDNrG § 7 Abs. 2).
 *
 * - `take` counts a person once in each period, however often they are asked about, and resolves with the uses that are used
 *   up; if there are any, none is counted. Of two that race for the last place one gets it, over all nodes on one database.
 * - `destroyExpired` forgets what belongs to periods that ended more than an hour ago: clocks of nodes differ.
 */
export abstract class PersonLimits {
  /** @param person keyed digest */
  abstract take(person: string, uses: readonly PersonUse[]): Promise<readonly PersonUse[]>;
  abstract destroyExpired(): Promise<void>;
}

export function personUses(consumer: string, { rates }: Obligations, nowMs: number): readonly PersonUse[] {
  return rates
    .filter(({ of }) => of === 'persons')
    .map(({ rule, per, max }) => ({ consumer, rule, per, max, ...windowOf(nowMs, per) }));
}

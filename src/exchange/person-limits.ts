import type { RateUse } from '../permission/rate-use.js';

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
  abstract take(person: string, uses: readonly RateUse[]): Promise<readonly RateUse[]>;
  abstract destroyExpired(): Promise<void>;
}

import type { RateUse } from '../permission/rate-use.js';

/**
 * About whom each consumer has asked this register under each rule, known by a keyed digest. Shared by all its replicas,
 * durable before anything is answered, forgotten an hour after the period.
 */
export abstract class PersonCounts {
  /**
   * Counts a person once in each period, however often they are asked about. Of two that race for the last place one gets it.
   * @param person keyed digest
   * @returns the uses that are used up; if there are any, none is counted
   */
  abstract take(person: string, uses: readonly RateUse[]): Promise<readonly RateUse[]>;
}

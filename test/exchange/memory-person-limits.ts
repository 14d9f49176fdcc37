import { PersonLimits } from '../../src/exchange/person-limits.js';
import type { RateUse } from '../../src/permission/rate-use.js';

/** About whom somebody asked, in memory, for use-case tests: passes the contract of PersonLimits. */
export class MemoryPersonLimits extends PersonLimits {
  readonly #asked = new Map<string, Set<string>>();
  readonly #ends = new Map<string, number>();

  override async take(person: string, uses: readonly RateUse[]): Promise<readonly RateUse[]> {
    const usedUp = uses.filter((use) => {
      const asked = this.#askedOf(use);
      return !asked.has(person) && asked.size >= use.max;
    });
    if (usedUp.length === 0) for (const use of uses) this.#askedOf(use).add(person);
    return usedUp;
  }

  override async destroyExpired(): Promise<void> {
    for (const [key, endsAt] of this.#ends) if (endsAt < Date.now() - 3_600_000) this.#asked.delete(key);
  }

  #askedOf({ consumer, rule, per, startsAt, endsAt }: RateUse): Set<string> {
    const key = JSON.stringify([consumer, rule, per, startsAt]);
    this.#ends.set(key, endsAt);
    const asked = this.#asked.get(key) ?? new Set();
    this.#asked.set(key, asked);
    return asked;
  }
}

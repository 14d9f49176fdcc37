import { PersonLimits, type PersonUse } from '../../src/exchange/person-limits.js';

/** About whom somebody asked, in memory, for use-case tests: passes the contract of PersonLimits. */
export class MemoryPersonLimits extends PersonLimits {
  readonly #asked = new Map<string, Set<string>>();

  override async take(person: string, uses: readonly PersonUse[]): Promise<readonly PersonUse[]> {
    const usedUp = uses.filter((use) => {
      const asked = this.#askedOf(use);
      return !asked.has(person) && asked.size >= use.max;
    });
    if (usedUp.length === 0) for (const use of uses) this.#askedOf(use).add(person);
    return usedUp;
  }

  #askedOf({ consumer, rule, per, startsAt }: PersonUse): Set<string> {
    const key = JSON.stringify([consumer, rule, per, startsAt]);
    const asked = this.#asked.get(key) ?? new Set();
    this.#asked.set(key, asked);
    return asked;
  }
}

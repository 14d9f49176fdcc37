import type { RateUse } from '../../src/permission/rate-use.js';
import { PersonCounts } from '../../src/register-edge/person-counts.js';
import { MemoryPersonLimits } from '../exchange/memory-person-limits.js';

/** What the node counts by in memory, which keeps the same promises. */
export class MemoryPersonCounts extends PersonCounts {
  readonly #counts = new MemoryPersonLimits();
  /** Digests and uses, as they came. */
  readonly taken: (readonly [string, readonly RateUse[]])[] = [];

  override async take(person: string, uses: readonly RateUse[]): Promise<readonly RateUse[]> {
    this.taken.push([person, uses]);
    return this.#counts.take(person, uses);
  }
}

import { AssertionStore } from '../../src/access/assertion-store.js';
import { type Clock, SystemClock } from '../../src/platform/clock.js';

/** Of what expired longer ago, no node accepts anything, however far its clock is behind. */
const KEPT_MS = 600_000;

/** Assertions in memory, for use-case tests: passes the contract of AssertionStore. */
export class MemoryAssertionStore extends AssertionStore {
  readonly #used = new Map<string, number>();

  constructor(private readonly clock: Clock = new SystemClock()) {
    super();
  }

  override async useOnce(client: string, jti: string, expiresAtMs: number): Promise<boolean> {
    for (const [key, end] of this.#used) if (end < this.clock.now() - KEPT_MS) this.#used.delete(key);
    const key = JSON.stringify([client, jti]);
    if (this.#used.has(key)) return false;
    this.#used.set(key, expiresAtMs);
    return true;
  }
}

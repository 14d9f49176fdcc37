import { SessionStore } from '../../src/access/session-store.js';

const KEPT_MS = 600_000;

/** Sessions in memory, for use-case tests: passes the contract of SessionStore. */
export class MemorySessionStore extends SessionStore {
  readonly #known = new Map<string, number>();

  override async isKnown(session: string): Promise<boolean> {
    return this.#known.has(session);
  }

  override async remember(session: string, untilMs: number): Promise<void> {
    for (const [known, end] of this.#known) if (end < Date.now() - KEPT_MS) this.#known.delete(known);
    this.#known.set(session, untilMs);
  }
}

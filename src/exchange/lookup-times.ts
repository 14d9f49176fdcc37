import { setTimeout as sleep } from 'node:timers/promises';

/** Enough to be like the last minutes of a busy node, few enough to be like now. */
const KEPT = 64;

/**
 * How long the directory took lately. Whoever need not be looked up any more takes as long as somebody did, at random: the times of
 * entries do not tell who was (IDNrG § 6 Abs. 5).
 */
export class LookupTimes {
  readonly #taken: number[] = [];
  #count = 0;

  /** Measures a lookup that was answered. */
  async of<T>(lookup: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const found = await lookup();
    this.#taken[this.#count++ % KEPT] = performance.now() - began;
    return found;
  }

  async again(): Promise<undefined> {
    await sleep(this.#taken[Math.floor(Math.random() * this.#taken.length)] ?? 0);
    return undefined;
  }
}

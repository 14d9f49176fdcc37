/** An answer this many times slower than usual means that the party has more to do than it can. */
const SLOW_FACTOR = 2;
/** Below that no delay counts as slow, milliseconds. */
const NOISE_MS = 20;
const CUT = 0.75;
/** The usual time follows quick answers at once and slow ones hesitantly: overload must not become usual. */
const [FOLLOWS_DOWN, FOLLOWS_UP] = [0.2, 0.01];

/**
 * How much may be asked at once, found by what it costs (additive increase, multiplicative decrease): answers as quick as
 * usual raise the limit by one for each round of them, slow ones cut it, at most once in the time of one answer.
 */
export class AdaptiveLimit {
  #limit: number;
  #usualMs: number | undefined;
  #cutAt = Number.NEGATIVE_INFINITY;

  /** @param least what it does not fall below, however slow */
  constructor(
    private readonly most: number,
    private readonly least = 1,
  ) {
    this.#limit = most;
  }

  get value(): number {
    return Math.floor(this.#limit);
  }

  /** What an answer takes as a rule; undefined before the first. */
  get usualMs(): number | undefined {
    return this.#usualMs;
  }

  /**
   * @param isAnswer whether it ended with one: a failure says something only by the time it took
   * @param atOnce how much was under way when this ended
   */
  ended(tookMs: number, isAnswer: boolean, atOnce: number, nowMs: number): void {
    const usualMs = this.#usualMs ?? tookMs;
    const isSlow = tookMs > usualMs * SLOW_FACTOR + NOISE_MS;
    if (isAnswer) this.#usualMs = usualMs + (tookMs - usualMs) * (tookMs < usualMs ? FOLLOWS_DOWN : FOLLOWS_UP);
    if (isSlow) {
      if (nowMs - this.#cutAt < tookMs) return;
      this.#cutAt = nowMs;
      this.#limit = Math.max(this.least, this.#limit * CUT);
    } else if (isAnswer && atOnce * 2 >= this.#limit) {
      this.#limit = Math.min(this.most, this.#limit + 1 / this.#limit);
    }
  }
}

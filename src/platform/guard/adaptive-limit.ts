/** An answer this many times slower than usual means that the party has more to do than it can. */
const SLOW_FACTOR = 2;
/** Below that no delay counts as slow, milliseconds. */
const NOISE_MS = 20;
const CUT = 0.75;
/** The usual time follows quick answers at once and slow ones hesitantly: overload must not become usual. */
const [FOLLOWS_DOWN, FOLLOWS_UP] = [0.2, 0.01];

/** What something ended with. `declined`: with a no or a "later", of which the times are others than those of an answer. */
export type Ending = 'answered' | 'declined' | 'failed';

/**
 * How much may be asked at once, found by what it costs (additive increase, multiplicative decrease): answers as quick as
 * usual raise the limit by one for each round of them, slow ones cut it, at most once in the time of one answer.
 */
export class AdaptiveLimit {
  #limit: number;
  /** Apart: who says many a quick no is not slow because an answer takes longer. */
  readonly #usual: { answered?: number; declined?: number } = {};
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
    return this.#usual.answered;
  }

  /**
   * @param ending a failure says something only by the time it took
   * @param atOnce how much was under way when this ended
   */
  ended(tookMs: number, ending: Ending, atOnce: number, nowMs: number): void {
    const usualMs = this.usualOf(ending) ?? tookMs;
    const isSlow = tookMs > usualMs * SLOW_FACTOR + NOISE_MS;
    if (ending !== 'failed') this.follow(ending, tookMs);
    if (isSlow) {
      if (nowMs - this.#cutAt < tookMs) return;
      this.#cutAt = nowMs;
      this.#limit = Math.max(this.least, this.#limit * CUT);
    } else if (ending !== 'failed' && atOnce * 2 >= this.#limit) {
      // In the time of an answer many a no comes; together they raise no more than that answer would.
      const share = ending === 'answered' ? 1 : Math.min(1, Math.max(1, tookMs) / (this.#usual.answered ?? usualMs));
      this.#limit = Math.min(this.most, this.#limit + share / this.#limit);
    }
  }

  private usualOf(ending: Ending): number | undefined {
    const { answered, declined } = this.#usual;
    if (ending !== 'declined') return answered;
    return declined === undefined ? undefined : Math.max(answered ?? 0, declined);
  }

  private follow(ending: 'answered' | 'declined', tookMs: number): void {
    const usualMs = this.#usual[ending] ?? tookMs;
    this.#usual[ending] = usualMs + (tookMs - usualMs) * (tookMs < usualMs ? FOLLOWS_DOWN : FOLLOWS_UP);
  }
}

/** Who has waited this share of a time has waited it: the rest goes by in this process until something is sent. */
export const WHOLE = 0.9;

/**
 * How long a party was waited for in vain, by callers with too little time to say that it hangs. Where several in a row waited
 * at least so long, who has no more than that is not let wait as well; who has more is.
 */
export class VainWaits {
  /** Milliseconds, the longest first. */
  readonly #longest: number[] = [];
  #resumesAt = 0;

  /** @param several so many waits say it, `pauseMs` long; then one tries */
  constructor(
    private readonly several: number,
    private readonly pauseMs: number,
  ) {}

  add(waitedMs: number): void {
    this.#longest.push(waitedMs);
    this.#longest.sort((a, b) => b - a);
    this.#longest.splice(this.several);
    this.#resumesAt = Date.now() + this.pauseMs;
  }

  /** It was heard from. */
  forget(): void {
    this.#longest.length = 0;
  }

  /** Somebody with so much time is let through: if that is as little, others with as little do not come along. */
  tries(leftMs: number): void {
    if (this.#isTooLittle(leftMs)) this.#resumesAt = Date.now() + this.pauseMs;
  }

  /** Until when nobody with so much time is let through, milliseconds since the epoch; undefined where they are. */
  untilFor(leftMs: number): number | undefined {
    return this.#isTooLittle(leftMs) && Date.now() < this.#resumesAt ? this.#resumesAt : undefined;
  }

  #isTooLittle(leftMs: number): boolean {
    const least = this.#longest[this.several - 1];
    return least !== undefined && leftMs * WHOLE <= least;
  }
}

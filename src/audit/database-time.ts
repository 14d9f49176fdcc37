/** For so long the best of what was told counts: clocks drift apart, and one may be set. */
const KEPT_MS = 10_000;

/** The clock of the database as it was told, carried on by the monotonic clock of this process: never ahead of it by more than they drift apart. */
export class DatabaseTime {
  #told: Readonly<{ ms: number; at: number }> | undefined;

  /** Each answer was on its way for a while: of those of late the one counts that was told fastest. */
  tell(ms: number): void {
    const at = performance.now();
    const kept = this.#told;
    if (kept === undefined || ms - at >= kept.ms - kept.at || at - kept.at > KEPT_MS) this.#told = { ms, at };
  }

  /** Whole milliseconds since 1970, never before `notBefore`; undefined as long as nothing was told. */
  now(notBefore: number): number | undefined {
    if (this.#told === undefined) return undefined;
    return Math.max(notBefore, Math.floor(this.#told.ms + performance.now() - this.#told.at));
  }
}

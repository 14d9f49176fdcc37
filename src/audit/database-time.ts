/** The clock of the database as it was told last, carried on by the monotonic clock of this process. */
export class DatabaseTime {
  #told: Readonly<{ ms: number; at: number }> | undefined;

  tell(ms: number): void {
    this.#told = { ms, at: performance.now() };
  }

  /** Whole milliseconds since 1970, never before `notBefore`; undefined as long as nothing was told. */
  now(notBefore: number): number | undefined {
    if (this.#told === undefined) return undefined;
    return Math.max(notBefore, Math.floor(this.#told.ms + performance.now() - this.#told.at));
  }
}

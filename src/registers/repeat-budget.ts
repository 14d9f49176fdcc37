/** So many repeats may be saved up. */
const MOST_SAVED = 10;

/**
 * Bounds what repeats add to the load of a register: each request earns a share of a repeat, each repeat costs one. A
 * register that fails altogether gets hardly more than before.
 */
export class RepeatBudget {
  readonly #saved = new Map<string, number>();

  /** @param share of requests that may be repeated, 0 to 1 */
  constructor(private readonly share: number) {}

  earn(register: string): void {
    this.#saved.set(register, Math.min(MOST_SAVED, this.savedFor(register) + this.share));
  }

  /** Whether there was a repeat left. */
  spend(register: string): boolean {
    const saved = this.savedFor(register);
    if (saved < 1) return false;
    this.#saved.set(register, saved - 1);
    return true;
  }

  private savedFor(register: string): number {
    return this.#saved.get(register) ?? (this.share === 0 ? 0 : 1);
  }
}

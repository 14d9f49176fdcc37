/** So many repeats may be saved up. */
const MOST_SAVED = 10;

/**
 * Bounds what repeats add to the load of a party: each request earns a share of a repeat, each repeat costs one. A
 * party that fails altogether gets hardly more than before.
 */
export class RepeatBudget {
  readonly #saved = new Map<string, number>();

  /** @param share of requests that may be repeated, 0 to 1 */
  constructor(private readonly share: number) {}

  earn(party: string): void {
    this.#saved.set(party, Math.min(MOST_SAVED, this.savedFor(party) + this.share));
  }

  /** Whether there was a repeat left. */
  spend(party: string): boolean {
    const saved = this.savedFor(party);
    if (saved < 1) return false;
    this.#saved.set(party, saved - 1);
    return true;
  }

  private savedFor(party: string): number {
    return this.#saved.get(party) ?? (this.share === 0 ? 0 : 1);
  }
}

type Event = Readonly<{ at: number; order: number; happen: () => void }>;

/** What happens when, by the clock of a simulation. Of two at one moment the one that was planned first comes first. */
export class EventQueue {
  now = 0;
  readonly #heap: Event[] = [];
  #planned = 0;

  in(ms: number, happen: () => void): void {
    this.#heap.push({ at: this.now + ms, order: this.#planned++, happen });
    this.rise(this.#heap.length - 1);
  }

  runUntil(endMs: number): void {
    for (let next = this.#heap[0]; next !== undefined && next.at <= endMs; next = this.#heap[0]) {
      const last = this.#heap.pop();
      if (last !== undefined && last !== next) {
        this.#heap[0] = last;
        this.sink(0);
      }
      this.now = next.at;
      next.happen();
    }
    this.now = endMs;
  }

  private rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfBefore(at, parent)) return;
      at = parent;
    }
  }

  private sink(from: number): void {
    for (let at = from; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const lesser = right < this.#heap.length && this.isBefore(right, left) ? right : left;
      if (lesser >= this.#heap.length || !this.swapIfBefore(lesser, at)) return;
      at = lesser;
    }
  }

  private isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    return a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.order < b.order));
  }

  private swapIfBefore(lower: number, upper: number): boolean {
    const [a, b] = [this.#heap[lower], this.#heap[upper]];
    if (a === undefined || b === undefined || !this.isBefore(lower, upper)) return false;
    this.#heap[lower] = b;
    this.#heap[upper] = a;
    return true;
  }
}

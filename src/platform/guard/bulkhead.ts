import type { Waiting } from '../call.js';
import { AdaptiveLimit, type Ending } from './adaptive-limit.js';

/** Nothing has ended for so many times what an answer usually takes: it does not move. */
const STALLS_AFTER = 2;

export type BulkheadLimits = Readonly<{
  /** Under way at once, at most. */
  most: number;
  /** So many at once, however slow it is; 1 where absent. */
  least?: number;
  /** Waiting beyond that, at most. */
  queue: number;
  /**
   * Who has waited so long while nothing ended waits no longer, milliseconds, and no less than twice what an answer usually
   * takes: as long as the call lasts where absent.
   */
  stallMs?: number;
}>;

/**
 * Keeps one party from taking up what the others need: so much at once, adapted to how quick it is, so much waiting, and
 * nothing beyond. Own code: bulkheads of the libraries have a fixed size.
 */
export class Bulkhead {
  readonly #limit: AdaptiveLimit;
  readonly #waiting = new Set<() => void>();
  #running = 0;
  #endedAt = 0;

  constructor(private readonly limits: BulkheadLimits) {
    this.#limit = new AdaptiveLimit(limits.most, limits.least);
  }

  get isFull(): boolean {
    return this.#running >= this.#limit.value && this.#waiting.size >= this.limits.queue;
  }

  get load(): Readonly<{ running: number; waiting: number }> {
    return { running: this.#running, waiting: this.#waiting.size };
  }

  /** Milliseconds since the epoch for `deadline`. @returns undefined where its turn did not come in time */
  async run<T>(call: Waiting, work: () => Promise<T>): Promise<T | undefined> {
    if (this.isFull || !(await this.enter(call))) return undefined;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#endedAt = performance.now();
      this.admit();
    }
  }

  /** What something that it let in took; said before it leaves. */
  took(ms: number, ending: Ending): void {
    this.#limit.ended(ms, ending, this.#running, Date.now());
  }

  private enter({ deadline, signal }: Waiting): Promise<boolean> {
    if (this.#running < this.#limit.value) {
      this.#running += 1;
      return Promise.resolve(true);
    }
    const { stallMs = Number.POSITIVE_INFINITY } = this.limits;
    const since = performance.now();
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const end = (isAdmitted: boolean): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
        this.#waiting.delete(come);
        resolve(isAdmitted);
      };
      const come = (): void => end(true);
      const leave = (): void => end(false);
      const look = (): void => {
        const [now, leftMs] = [performance.now(), deadline - Date.now()];
        const stillMs =
          Math.max(stallMs, STALLS_AFTER * (this.#limit.usualMs ?? 0)) - (now - Math.max(since, this.#endedAt));
        if (leftMs <= 0 || stillMs <= 0) leave();
        else timer = setTimeout(look, Math.min(leftMs, stillMs));
      };
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) return leave();
      this.#waiting.add(come);
      look();
    });
  }

  private admit(): void {
    for (const come of this.#waiting) {
      if (this.#running >= this.#limit.value) return;
      this.#running += 1;
      come();
    }
  }
}

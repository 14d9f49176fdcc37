import type { Waiting } from '../call.js';
import { Bulkhead, type BulkheadLimits } from './bulkhead.js';

export type GuardLimits = BulkheadLimits &
  Readonly<{
    /** So many failures in a row, and the party is not asked for `pauseMs`. */
    failures: number;
    pauseMs: number;
  }>;

/** Why a party is not asked now, and from when on it is worth trying again; milliseconds since the epoch. */
export type NotNow<R extends string> = Readonly<{ reason: R; untilMs: number }>;

/** What it is called that a party failed lately, and that too much waits for it. */
export type NotNowReasons<R extends string> = Readonly<{ suspended: R; busy: R }>;

/**
 * What a result says about the party. `answered`: with what takes the time that its answers take. `declined`: it was heard
 * from, as quickly as a no is said. `nothing`: its asker did not give it the time, or left.
 */
export type Counts = 'answered' | 'declined' | 'failed' | 'nothing';

/**
 * Between this process and one party: a bulkhead, and a circuit breaker that lets one request through after each pause. Own code:
 * breakers of the libraries know success and failure, and what says nothing would be either.
 */
export class PartyGuard<R extends string> {
  readonly #bulkhead: Bulkhead;
  #failuresInRow = 0;
  #isSuspended = false;
  #resumesAt = 0;
  #isTrying = false;

  /** @param turned is told when the party is not asked any more, and when it is again */
  constructor(
    private readonly limits: GuardLimits,
    private readonly reasons: NotNowReasons<R>,
    private readonly turned: (isSuspended: boolean) => void,
  ) {
    this.#bulkhead = new Bulkhead(limits);
  }

  get load(): Readonly<{ isSuspended: boolean; running: number; waiting: number }> {
    return { isSuspended: this.#isSuspended, ...this.#bulkhead.load };
  }

  /** Undefined where it may be asked. */
  notNow(): NotNow<R> | undefined {
    return this.suspended() ?? (this.#bulkhead.isFull ? this.busy() : undefined);
  }

  /** @param counts what its result says about the party */
  async run<T>(
    call: Waiting,
    work: () => Promise<T>,
    counts: (result: T) => Counts,
  ): Promise<Readonly<{ done: T } | { notNow: NotNow<R> }>> {
    return this.inTurn(call, async () => {
      const isTry = this.#isSuspended;
      this.#isTrying = isTry;
      try {
        const began = Date.now();
        const done = await work();
        this.heard(counts(done), Date.now() - began, isTry);
        return { done };
      } finally {
        if (isTry) this.#isTrying = false;
      }
    });
  }

  /** As `run`, without anything to be done. */
  async turn(call: Waiting): Promise<NotNow<R> | undefined> {
    const ended = await this.inTurn(call, () => Promise.resolve({ done: true }));
    return 'notNow' in ended ? ended.notNow : undefined;
  }

  private async inTurn<T>(call: Waiting, work: () => Promise<T>): Promise<T | Readonly<{ notNow: NotNow<R> }>> {
    const notNow = this.notNow();
    if (notNow !== undefined) return { notNow };
    const ended = await this.#bulkhead.run(call, async () => {
      // It may have been suspended while this one waited.
      const suspended = this.suspended();
      return suspended === undefined ? work() : { notNow: suspended };
    });
    return ended ?? { notNow: this.busy() };
  }

  private heard(counts: Counts, tookMs: number, isTry: boolean): void {
    // After a try that says nothing the next one tries, without another pause.
    if (counts === 'nothing') return;
    this.#bulkhead.took(tookMs, counts === 'answered');
    if (counts === 'failed') this.failed(isTry);
    else this.succeeded(isTry);
  }

  private failed(isTry: boolean): void {
    this.#failuresInRow += 1;
    // What was under way when it was suspended makes the pause no longer.
    if (this.#isSuspended ? !isTry : this.#failuresInRow < this.limits.failures) return;
    this.#isSuspended = true;
    this.#resumesAt = Date.now() + this.limits.pauseMs;
    this.turned(true);
  }

  private succeeded(isTry: boolean): void {
    this.#failuresInRow = 0;
    if (!isTry) return;
    this.#isSuspended = false;
    this.turned(false);
  }

  private suspended(): NotNow<R> | undefined {
    const now = Date.now();
    const reason = this.reasons.suspended;
    // While one request tries, the others do not wait for what becomes of it.
    if (this.#isTrying) return { reason, untilMs: now + this.limits.pauseMs };
    return this.#isSuspended && now < this.#resumesAt ? { reason, untilMs: this.#resumesAt } : undefined;
  }

  private busy(): NotNow<R> {
    return { reason: this.reasons.busy, untilMs: Date.now() + this.limits.pauseMs };
  }
}

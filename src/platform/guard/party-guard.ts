import type { Waiting } from '../call.js';
import type { Ending } from './adaptive-limit.js';
import { Bulkhead, type BulkheadLimits } from './bulkhead.js';
import { FirstAnswer } from './first-answer.js';
import { VainWaits } from './vain-waits.js';

export type GuardLimits = BulkheadLimits &
  Readonly<{
    /** So many failures in a row, and the party is not asked for `pauseMs`. */
    failures: number;
    pauseMs: number;
    /**
     * Until it was first heard from, one asks at a time, and the others wait so long for that, milliseconds; all at once where
     * absent.
     */
    firstWithinMs?: number;
  }>;

/** Why a party is not asked now, and from when on it is worth trying again; milliseconds since the epoch. */
export type NotNow<R extends string> = Readonly<{ reason: R; untilMs: number }>;

/** What it is called that a party failed lately, and that too much waits for it. */
export type NotNowReasons<R extends string> = Readonly<{ suspended: R; busy: R }>;

/**
 * What a result says about the party. `answered`: with what takes the time that its answers take. `declined`: it was heard
 * from, as quickly as a no is said. `hurried`: nothing came in the little time of its asker, which says something to others with
 * as little. `nothing`: its asker did not give it the time, or left.
 */
export type Counts = Ending | 'hurried' | 'nothing';

/**
 * Between this process and one party: a bulkhead, and a circuit breaker that lets one request through after each pause. Own code:
 * breakers of the libraries know success and failure, and what says nothing would be either.
 */
export class PartyGuard<R extends string> {
  readonly #bulkhead: Bulkhead;
  readonly #vain: VainWaits;
  readonly #first: FirstAnswer;
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
    this.#vain = new VainWaits(limits.failures, limits.pauseMs);
    this.#first = new FirstAnswer(limits.firstWithinMs);
  }

  get load(): Readonly<{ isSuspended: boolean; running: number; waiting: number }> {
    return { isSuspended: this.#isSuspended, ...this.#bulkhead.load };
  }

  /** Undefined where it may be asked. @param deadline of who asks, milliseconds since the epoch */
  notNow(deadline = Number.POSITIVE_INFINITY): NotNow<R> | undefined {
    return this.suspended(deadline) ?? (this.#bulkhead.isFull ? this.busy() : undefined);
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
      this.#vain.tries(call.deadline - Date.now());
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
    const notNow = this.notNow(call.deadline);
    if (notNow !== undefined) return { notNow };
    // While it is suspended one tries, and nobody waits for what becomes of that.
    const leave = this.#isSuspended ? () => undefined : await this.#first.enter(call);
    if (leave === undefined) return { notNow: this.pause(this.reasons.suspended) };
    try {
      const ended = await this.#bulkhead.run(call, async () => {
        // It may have been suspended while this one waited.
        const suspended = this.suspended(call.deadline);
        return suspended === undefined ? work() : { notNow: suspended };
      });
      return ended ?? { notNow: this.busy() };
    } finally {
      leave();
    }
  }

  private heard(counts: Counts, tookMs: number, isTry: boolean): void {
    // After a try that says nothing the next one tries, without another pause.
    if (counts === 'nothing') return;
    if (counts === 'hurried') {
      this.#vain.add(tookMs);
      return;
    }
    this.#bulkhead.took(tookMs, counts);
    if (counts === 'failed') this.failed(tookMs, isTry);
    else this.succeeded(isTry);
  }

  private failed(tookMs: number, isTry: boolean): void {
    this.#failuresInRow += 1;
    const isEnough = this.#failuresInRow >= this.limits.failures || this.#first.isMissedBy(tookMs);
    // What was under way when it was suspended makes the pause no longer.
    if (this.#isSuspended ? !isTry : !isEnough) return;
    this.#isSuspended = true;
    this.#resumesAt = Date.now() + this.limits.pauseMs;
    this.turned(true);
  }

  private succeeded(isTry: boolean): void {
    this.#failuresInRow = 0;
    this.#vain.forget();
    this.#first.heard();
    if (!isTry) return;
    this.#isSuspended = false;
    this.turned(false);
  }

  private suspended(deadline: number): NotNow<R> | undefined {
    const now = Date.now();
    const reason = this.reasons.suspended;
    // While one request tries, the others do not wait for what becomes of it.
    if (this.#isTrying) return this.pause(reason);
    if (this.#isSuspended && now < this.#resumesAt) return { reason, untilMs: this.#resumesAt };
    const untilMs = this.#vain.untilFor(deadline - now);
    return untilMs === undefined ? undefined : { reason, untilMs };
  }

  private busy(): NotNow<R> {
    return this.pause(this.reasons.busy);
  }

  private pause(reason: R): NotNow<R> {
    return { reason, untilMs: Date.now() + this.limits.pauseMs };
  }
}

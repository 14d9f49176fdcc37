import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel';
import { Bulkhead, type BulkheadLimits } from './bulkhead.js';

export type GuardLimits = BulkheadLimits &
  Readonly<{
    /** So many failures in a row, and the register is not asked for `pauseMs`. */
    failures: number;
    pauseMs: number;
  }>;

/** Why a register is not asked now, and from when on it is worth trying again; milliseconds since the epoch. */
export type NotNow = Readonly<{ reason: 'REGISTER_SUSPENDED' | 'REGISTER_BUSY'; untilMs: number }>;

/** Between the node and one register: a bulkhead, and a circuit breaker that lets one request through after each pause. */
export class RegisterGuard {
  readonly #bulkhead: Bulkhead;
  readonly #breaker: CircuitBreakerPolicy;
  #resumesAt = 0;

  /** @param turned is told when the register is not asked any more, and when it is again */
  constructor(
    private readonly limits: GuardLimits,
    turned: (isSuspended: boolean) => void,
  ) {
    this.#bulkhead = new Bulkhead(limits);
    this.#breaker = circuitBreaker(
      handleWhenResult((result) => result instanceof Failed),
      { halfOpenAfter: limits.pauseMs, breaker: new ConsecutiveBreaker(limits.failures) },
    );
    this.#breaker.onBreak(() => {
      this.#resumesAt = Date.now() + limits.pauseMs;
      turned(true);
    });
    this.#breaker.onReset(() => turned(false));
  }

  /** Undefined where it may be asked. */
  notNow(): NotNow | undefined {
    const now = Date.now();
    const { state } = this.#breaker;
    // While one request tries, the others do not wait for what becomes of it.
    if (state === CircuitState.HalfOpen) return { reason: 'REGISTER_SUSPENDED', untilMs: now + this.limits.pauseMs };
    if (state === CircuitState.Open && now < this.#resumesAt)
      return { reason: 'REGISTER_SUSPENDED', untilMs: this.#resumesAt };
    return this.#bulkhead.isFull ? this.busy() : undefined;
  }

  /** @param failed whether the register failed at it, by its result */
  async run<T>(
    call: Readonly<{ deadline: number; signal: AbortSignal }>,
    work: () => Promise<T>,
    failed: (result: T) => boolean,
  ): Promise<Readonly<{ done: T } | { notNow: NotNow }>> {
    const notNow = this.notNow();
    if (notNow !== undefined) return { notNow };
    const ended = await this.#bulkhead.run(call, async () => {
      // It may have been suspended while this one waited.
      const suspended = this.notNow();
      if (suspended?.reason === 'REGISTER_SUSPENDED') return { notNow: suspended };
      const result = await this.#breaker.execute(async () => {
        const began = Date.now();
        const done = await work();
        const hasFailed = failed(done);
        this.#bulkhead.took(Date.now() - began, !hasFailed);
        return hasFailed ? new Failed(done) : { done };
      });
      return { done: result.done };
    });
    return ended ?? { notNow: this.busy() };
  }

  private busy(): NotNow {
    return { reason: 'REGISTER_BUSY', untilMs: Date.now() + this.limits.pauseMs };
  }
}

class Failed<T> {
  constructor(readonly done: T) {}
}

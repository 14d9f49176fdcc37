import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import type { Waiting } from '../call.js';
import { RpcFailure } from '../grpc-client.js';
import type { OperationalLog } from '../operational-log.js';
import type { Reason } from '../reasons.js';
import { type Counts, type GuardLimits, PartyGuard } from './party-guard.js';
import { RepeatBudget } from './repeat-budget.js';
import { WHOLE } from './vain-waits.js';

/** Who has not answered in this time, although it was left, hangs. Milliseconds. */
const HANGS_MS = 900;
/** Longest pause before a repeat; each takes a random part of it, so that they do not come together. */
const PAUSE_MS = 100;
/** With less than that left a repeat would only be given up, too. */
const LEAST_LEFT_MS = 2 * PAUSE_MS;

const REASONS = { suspended: 'suspended', busy: 'busy' } as const;

export type PartyLimits = Omit<GuardLimits, 'firstWithinMs'> &
  Readonly<{
    /** Longest time that one call gets, milliseconds. */
    registerTimeoutMs: number;
    /** Share of calls that may be repeated, 0 to 1. */
    repeatShare: number;
  }>;

/** It failed lately, or too much waits for it; nothing was sent. */
export class NotAsked extends Error {
  override readonly name = 'NotAsked';
  readonly code: (typeof REASONS)[keyof typeof REASONS];
  /** Until it is worth trying again. */
  readonly delayMs: number;

  constructor({ reason, untilMs }: Readonly<{ reason: NotAsked['code']; untilMs: number }>) {
    super(reason);
    this.code = reason;
    this.delayMs = Math.max(1, untilMs - Date.now());
  }
}

/**
 * A party that all exchanges need, behind a guard: while it hangs or fails they are told so at once, and what needs it not goes
 * on.
 */
export class SharedParty {
  readonly #guard: PartyGuard<NotAsked['code']>;
  readonly #budget: RepeatBudget;
  /** So long is all of its time. */
  readonly #wholeMs: number;

  constructor(
    private readonly name: string,
    limits: PartyLimits,
    log: OperationalLog,
    isFirstAskedByOne: boolean,
  ) {
    this.#budget = new RepeatBudget(limits.repeatShare);
    this.#wholeMs = Math.min(HANGS_MS, limits.registerTimeoutMs * WHOLE);
    const first = isFirstAskedByOne ? { firstWithinMs: this.#wholeMs } : {};
    this.#guard = new PartyGuard({ ...limits, ...first }, REASONS, (isSuspended) => {
      if (isSuspended) log.warn({ party: name }, 'party is not asked for a moment');
      else log.info({ party: name }, 'party is asked again');
    });
  }

  get load(): PartyGuard<NotAsked['code']>['load'] {
    return this.#guard.load;
  }

  /** By somebody with that deadline, milliseconds since the epoch. @throws NotAsked */
  demandAskable(deadline: number): void {
    const notNow = this.#guard.notNow(deadline);
    if (notNow !== undefined) throw new NotAsked(notNow);
  }

  /** Waits for the turn that a call would get, and sends nothing. @throws NotAsked */
  async turn(call: Waiting): Promise<void> {
    const notNow = await this.#guard.turn(call);
    if (notNow !== undefined) throw new NotAsked(notNow);
  }

  /** @throws NotAsked, and what `ask` throws */
  async call<T>(call: Waiting, ask: () => Promise<T>): Promise<T> {
    this.#budget.earn(this.name);
    // Who leaves it less than its time, or hangs up, must not get it suspended for everybody, nor keep it from being.
    let hadTime = false;
    const ended = await this.#guard.run(
      call,
      () => {
        hadTime = call.deadline - Date.now() >= this.#wholeMs;
        return ask().then(
          (answer) => ({ answer }),
          (failure: unknown) => ({ failure }),
        );
      },
      (it) => ('answer' in it ? 'answered' : countsAs(it.failure, hadTime, call.signal.aborted)),
    );
    if ('notNow' in ended) throw new NotAsked(ended.notNow);
    if ('failure' in ended.done) throw ended.done.failure;
    return ended.done.answer;
  }

  /** As `call`, and once more where it failed so that it may be said again. */
  async callTwice<T>(call: Waiting, ask: () => Promise<T>, mayRepeat: (failure: RpcFailure) => boolean): Promise<T> {
    try {
      return await this.call(call, ask);
    } catch (error) {
      if (!(error instanceof RpcFailure && mayRepeat(error)) || call.deadline - Date.now() < LEAST_LEFT_MS) throw error;
      if (this.#guard.notNow(call.deadline) !== undefined || !this.#budget.spend(this.name)) throw error;
      await sleep(Math.random() * PAUSE_MS, undefined, { signal: call.signal }).catch(() => undefined);
      if (call.signal.aborted) throw error;
      return this.call(call, ask);
    }
  }
}

/** One guard for each of these parties. */
export class SharedParties {
  readonly #parties = new Map<string, SharedParty>();

  constructor(
    private readonly limits: PartyLimits,
    private readonly log: OperationalLog,
  ) {}

  /**
   * @param isFirstAskedByOne whether one asks first, and the others wait for what becomes of that: only where nothing is used up before it
   *   is asked (ADR 142)
   */
  of(name: string, { isFirstAskedByOne = false } = {}): SharedParty {
    const known = this.#parties.get(name);
    if (known !== undefined) return known;
    const party = new SharedParty(name, this.limits, this.log, isFirstAskedByOne);
    this.#parties.set(name, party);
    return party;
  }

  /** How each stands that was asked since the start. */
  loads(): readonly Readonly<{ party: string } & SharedParty['load']>[] {
    return [...this.#parties].map(([party, { load }]) => ({ party, ...load }));
  }
}

/** Outages that it speaks of itself, with a reason, are failures too; a refusal is an answer, and so is "enough of this consumer". */
function countsAs(failure: unknown, hadTime: boolean, hasLeft: boolean): Counts {
  if (!(failure instanceof RpcFailure)) return 'failed';
  const { code, reason, isOutage, isTooLarge } = failure;
  if (isTooLarge || reason === 'RATE_LIMITED' || reason === 'REGISTER_RATE_LIMITED') return 'declined';
  if (!isOutage && reason !== undefined && reason !== 'INTERNAL') return 'declined';
  if (hasLeft) return 'nothing';
  return code === status.DEADLINE_EXCEEDED && !hadTime ? 'hurried' : 'failed';
}

const GAVE_NOTHING: readonly (Reason | undefined)[] = ['AUDIT_LOG_UNAVAILABLE', 'STORE_UNAVAILABLE', undefined];

/** It was not reached, the connection broke, or it says that it gave nothing. */
export function gaveNothing({ code, reason }: RpcFailure): boolean {
  return code === status.UNAVAILABLE && GAVE_NOTHING.includes(reason);
}

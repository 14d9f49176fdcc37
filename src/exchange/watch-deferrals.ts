import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller, CallerDirectory } from '../platform/caller.js';
import { Fault, outage, refusal } from '../platform/fault.js';
import type { ExchangeNotice } from '../tokens/exchange-notice.js';
import { type DeferralState, DeferralStore } from './deferral-store.js';

const LOOK_EVERY_MS = 1000;
/** Of one consumer at once on one node. */
const MOST_WATCHES = 32;

export type ExchangeStanding = ExchangeNotice['state'];

/** How what was announced for later stands, of all pieces of an exchange together. */
export function standingOf(deferrals: readonly Pick<DeferralState, 'state' | 'isWithdrawn'>[]): ExchangeStanding {
  const open = deferrals.filter(({ isWithdrawn }) => !isWithdrawn);
  if (open.some(({ state }) => state === 'ready')) return 'ready';
  return open.some(({ state }) => state === 'waiting') ? 'waiting' : 'ended';
}

/** Tells a consumer how an exchange stands. What it says is no release, and nothing of a person. */
export class DeferralWatch {
  readonly #watching = new Map<string, number>();
  /** Exchanges that are watched, each as often as it is. */
  readonly #exchanges: string[] = [];
  #look: Promise<ReadonlyMap<string, readonly DeferralState[]>> | undefined;

  constructor(
    private readonly store: DeferralStore,
    private readonly callers: CallerDirectory,
    private readonly most = MOST_WATCHES,
  ) {}

  /**
   * At once and after each change, whichever node made it; ends when nothing is awaited any more, or with the signal.
   * @throws Fault NOT_FOUND, also for another consumer's; BUSY where this consumer watches enough; CALLER_UNKNOWN as soon as the
   *   certificate belongs to it no more (design 5)
   */
  async *standings(exchangeId: string, caller: Caller, signal: AbortSignal): AsyncGenerator<ExchangeStanding> {
    const consumer = caller.participant.id;
    const others = this.#watching.get(consumer) ?? 0;
    if (others >= this.most) throw outage('BUSY');
    this.#watching.set(consumer, others + 1);
    this.#exchanges.push(exchangeId);
    try {
      yield* this.changes(exchangeId, caller, signal);
    } finally {
      this.#exchanges.splice(this.#exchanges.indexOf(exchangeId), 1);
      const left = (this.#watching.get(consumer) ?? 1) - 1;
      if (left > 0) this.#watching.set(consumer, left);
      else this.#watching.delete(consumer);
    }
  }

  private async *changes(exchangeId: string, caller: Caller, signal: AbortSignal): AsyncGenerator<ExchangeStanding> {
    const { id } = caller.participant;
    let told: ExchangeStanding | undefined;
    let deferrals: readonly DeferralState[] = await this.store.ofExchange(exchangeId, id);
    if (deferrals.length === 0) throw refusal('NOT_FOUND');
    for (;;) {
      if (this.callers.participantOf(caller.thumbprint)?.id !== id) throw new Fault('CALLER_UNKNOWN');
      const standing = standingOf(deferrals);
      if (standing !== told) yield standing;
      told = standing;
      const isAwaited = deferrals.some(({ state, isWithdrawn }) => state === 'waiting' && !isWithdrawn);
      if (!isAwaited || signal.aborted) return;
      const found = await unless(signal, this.nextLook());
      if (found === undefined) return;
      deferrals = found.get(exchangeId) ?? [];
    }
  }

  /** One statement for all that are watched, in a moment: whoever asks meanwhile gets the same. */
  private nextLook(): Promise<ReadonlyMap<string, readonly DeferralState[]>> {
    this.#look ??= sleep(LOOK_EVERY_MS, undefined, { ref: false }).then(async () => {
      this.#look = undefined;
      const states = await this.store.statesOf([...new Set(this.#exchanges)]);
      return Map.groupBy(states, ({ exchangeId }) => exchangeId);
    });
    return this.#look;
  }
}

/** Undefined as soon as it is aborted. */
async function unless<T>(signal: AbortSignal, found: Promise<T>): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const leave = () => resolve(undefined);
  signal.addEventListener('abort', leave, { once: true });
  try {
    return signal.aborted ? undefined : await Promise.race([found, promise]);
  } finally {
    signal.removeEventListener('abort', leave);
    // Whoever has left does not hear that it failed.
    found.catch(() => undefined);
  }
}

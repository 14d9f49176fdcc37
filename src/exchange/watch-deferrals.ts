import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller, CallerDirectory } from '../platform/caller.js';
import { Fault, outage, refusal } from '../platform/fault.js';
import type { ExchangeNotice } from '../tokens/exchange-notice.js';
import { type Deferral, DeferralStore } from './deferral-store.js';

const LOOK_EVERY_MS = 1000;
/** Of one consumer at once on one node: each looks into the database that the log needs too. */
const MOST_WATCHES = 32;

export type ExchangeStanding = ExchangeNotice['state'];

/** How what was announced for later stands, of all pieces of an exchange together. */
export function standingOf(deferrals: readonly Pick<Deferral, 'state' | 'isWithdrawn'>[]): ExchangeStanding {
  const open = deferrals.filter(({ isWithdrawn }) => !isWithdrawn);
  if (open.some(({ state }) => state === 'ready')) return 'ready';
  return open.some(({ state }) => state === 'waiting') ? 'waiting' : 'ended';
}

/** Tells a consumer how an exchange stands. What it says is no release, and nothing of a person. */
export class DeferralWatch {
  readonly #watching = new Map<string, number>();

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
    try {
      yield* this.changes(exchangeId, caller, signal);
    } finally {
      const left = (this.#watching.get(consumer) ?? 1) - 1;
      if (left > 0) this.#watching.set(consumer, left);
      else this.#watching.delete(consumer);
    }
  }

  private async *changes(exchangeId: string, caller: Caller, signal: AbortSignal): AsyncGenerator<ExchangeStanding> {
    let told: ExchangeStanding | undefined;
    for (;;) {
      const { id } = caller.participant;
      if (this.callers.participantOf(caller.thumbprint)?.id !== id) throw new Fault('CALLER_UNKNOWN');
      const deferrals = await this.store.ofExchange(exchangeId, id);
      if (told === undefined && deferrals.length === 0) throw refusal('NOT_FOUND');
      const standing = standingOf(deferrals);
      if (standing !== told) yield standing;
      told = standing;
      const isAwaited = deferrals.some(({ state, isWithdrawn }) => state === 'waiting' && !isWithdrawn);
      if (!isAwaited || signal.aborted) return;
      await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
  }
}

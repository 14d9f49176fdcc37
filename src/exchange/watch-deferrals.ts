import { setTimeout as sleep } from 'node:timers/promises';
import { refusal } from '../platform/fault.js';
import { type Deferral, DeferralStore } from './deferral-store.js';

const LOOK_EVERY_MS = 1000;

export type ExchangeStanding = 'waiting' | 'ready' | 'ended';

/** How what was announced for later stands, of all pieces of an exchange together. */
export function standingOf(deferrals: readonly Pick<Deferral, 'state' | 'isWithdrawn'>[]): ExchangeStanding {
  const open = deferrals.filter(({ isWithdrawn }) => !isWithdrawn);
  if (open.some(({ state }) => state === 'ready')) return 'ready';
  return open.some(({ state }) => state === 'waiting') ? 'waiting' : 'ended';
}

/** Tells a consumer how an exchange stands. What it says is no release, and nothing of a person. */
export class DeferralWatch {
  constructor(private readonly store: DeferralStore) {}

  /**
   * At once and after each change, whichever node made it; ends when nothing is awaited any more, or with the signal.
   * @throws Fault NOT_FOUND, also for another consumer's
   */
  async *standings(exchangeId: string, consumer: string, signal: AbortSignal): AsyncGenerator<ExchangeStanding> {
    let told: ExchangeStanding | undefined;
    for (;;) {
      const deferrals = await this.store.ofExchange(exchangeId, consumer);
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

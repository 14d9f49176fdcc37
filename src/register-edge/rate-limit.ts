import { windowOf } from '../permission/rate-window.js';
import { Clock } from '../platform/clock.js';
import { outage } from '../platform/fault.js';
import { Refused } from './check.js';
import { RateStore } from './rate-store.js';
import type { RateLimits } from './register-config.js';

/** How often this register lets itself be asked for one consumer: by its own configuration, whatever others permit. */
export class RateLimit {
  constructor(
    private readonly limits: RateLimits | undefined,
    private readonly store: RateStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Of requests that are proven and not yet used: nobody can use up what is another's, and who is refused can present
   * the same request again.
   * @throws Refused REGISTER_RATE_LIMITED
   * @throws Fault REGISTER_UNAVAILABLE where nothing can be counted
   */
  async take(consumer: string): Promise<void> {
    const { each_consumer, consumers = {} } = this.limits ?? {};
    const rate = Object.hasOwn(consumers, consumer) ? consumers[consumer] : each_consumer;
    if (rate === undefined) return;
    const now = this.clock.now();
    const window = windowOf(now, rate.per);
    const isWithin = await this.store.count(consumer, window, rate.max).catch((error: unknown) => {
      throw outage('REGISTER_UNAVAILABLE', error);
    });
    if (!isWithin) throw new Refused('REGISTER_RATE_LIMITED', 'RATE_USED_UP', [], window.endsAt - now);
  }
}

import { AuditLog } from '../audit/audit-log.js';
import { Clock } from '../platform/clock.js';
import { Fault, outage } from '../platform/fault.js';
import { Misidentified } from './misidentified.js';

export const MISIDENTIFICATION_WINDOW_MS = 3_600_000;

const REASON = 'TOO_MANY_MISIDENTIFICATIONS';

/**
 * A consumer whose lookups keep finding nobody is guessing, or has a fault: no more lookups until it is an hour ago, and an
 * entry for whoever watches over it. Decided before anybody is looked up and by nothing but what the consumer was told, the
 * same for all that `SUBJECT_NOT_AVAILABLE` stands for: the refusal tells nothing about a person (IDNrG § 6 Abs. 5).
 */
export class LookupAllowance {
  /** Requests that look somebody up and have not ended, by consumer. */
  readonly #onTheirWay = new Map<string, number>();

  constructor(
    private readonly misidentified: Misidentified,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    /** In an hour. */
    private readonly max: number,
  ) {}

  /**
   * Each request on its way counts as if it would find nobody, so that a burst stays within the limit, too; whatever it
   * finds, it counts until its outcome is in the log.
   * @param request looks somebody up
   * @throws Fault TOO_MANY_MISIDENTIFICATIONS; BUSY where those on their way may use up what is left
   */
  async within<T>(consumer: string, request: () => Promise<T>): Promise<T> {
    const others = this.#onTheirWay.get(consumer) ?? 0;
    this.#onTheirWay.set(consumer, others + 1);
    try {
      await this.demand(consumer, others);
      return await request();
    } finally {
      const left = (this.#onTheirWay.get(consumer) ?? 0) - 1;
      if (left > 0) this.#onTheirWay.set(consumer, left);
      else this.#onTheirWay.delete(consumer);
    }
  }

  private async demand(consumer: string, others: number): Promise<void> {
    const now = this.clock.now();
    const since = now - MISIDENTIFICATION_WINDOW_MS;
    const room = this.max - others;
    if (room > 0 && (await this.misidentified.nth(consumer, room, since)) === undefined) return;
    const reachedAt = await this.misidentified.nth(consumer, this.max, since);
    if (reachedAt === undefined) throw outage('BUSY');
    // Once in a while, not with each attempt; of two nodes that see it at the same moment both write one.
    if (!(await this.misidentified.isShown(consumer, since)))
      await this.audit.anomaly({
        caller: { consumer, reason: REASON },
        protected: { note: `${this.max} lookups within an hour found nobody` },
      });
    const retryDelayMs = Math.max(1, reachedAt + MISIDENTIFICATION_WINDOW_MS - now);
    throw new Fault(REASON, { retryDelayMs });
  }
}

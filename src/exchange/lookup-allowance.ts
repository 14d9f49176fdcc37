import { AuditLog } from '../audit/audit-log.js';
import { Clock } from '../platform/clock.js';
import { Fault, outage } from '../platform/fault.js';
import type { ExchangeContext } from './exchange.js';
import { Misidentified } from './misidentified.js';

export const MISIDENTIFICATION_WINDOW_MS = 3_600_000;

type Asking = Pick<ExchangeContext, 'caller' | 'exchangeId'>;

const REASON = 'TOO_MANY_MISIDENTIFICATIONS';

/**
 * A consumer whose lookups keep finding nobody is guessing, or has a fault: no more lookups until it is an hour ago, and an
 * entry for whoever watches over it. Decided before anybody is looked up and by nothing but what the consumer was told, the
 * same for all that `SUBJECT_NOT_AVAILABLE` stands for: the refusal tells nothing about a person (IDNrG § 6 Abs. 5).
 */
export class LookupAllowance {
  /** Exchanges whose lookups may yet find nobody, by consumer. */
  readonly #onTheirWay = new Map<string, Set<string>>();

  constructor(
    private readonly misidentified: Misidentified,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    /** In an hour. */
    private readonly max: number,
    /** Of the fixed slot. */
    private readonly slotMs: number,
  ) {}

  /**
   * Each exchange on its way counts as if it would find nobody, so that a burst stays within the limit, too; whatever it
   * finds, it counts until that is in the log.
   * @param exchange looks somebody up
   * @throws Fault TOO_MANY_MISIDENTIFICATIONS; BUSY where those on their way may use up what is left
   */
  async within<T>(context: Asking, exchange: () => Promise<T>): Promise<T> {
    const consumer = context.caller.participant.id;
    const others = this.#onTheirWay.get(consumer) ?? new Set();
    const count = others.size;
    this.#onTheirWay.set(consumer, others.add(context.exchangeId));
    try {
      await this.demand(consumer, count);
      return await exchange();
    } finally {
      this.forget(context);
    }
  }

  /** All lookups of it have ended: an outcome that counts is in the log two slots later. Registers that are slow make nobody wait. */
  identified(context: Asking): void {
    setTimeout(() => this.forget(context), 2 * this.slotMs).unref();
  }

  private forget({ caller, exchangeId }: Asking): void {
    const left = this.#onTheirWay.get(caller.participant.id);
    left?.delete(exchangeId);
    if (left?.size === 0) this.#onTheirWay.delete(caller.participant.id);
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

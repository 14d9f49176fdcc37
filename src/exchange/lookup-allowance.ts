import { AuditLog } from '../audit/audit-log.js';
import { Clock } from '../platform/clock.js';
import { Fault, outage } from '../platform/fault.js';
import type { ExchangeContext, PreparedExchange } from './exchange.js';
import { Misidentified } from './misidentified.js';

export const MISIDENTIFICATION_WINDOW_MS = 3_600_000;

/** At pages everybody is a caller of their own; all of them together may be wrong this many times as often. */
const PERSONS_AT_PAGES = 100;

type Asking = Pick<ExchangeContext, 'caller' | 'exchangeId'>;

const REASON = 'TOO_MANY_MISIDENTIFICATIONS';

/**
 * A consumer whose lookups keep finding nobody is guessing, or has a fault: no more lookups until it is an hour ago, and an
 * entry for whoever watches over it. At pages, where everybody comes who signs in, that is one person, by their pseudonym, so that
 * nobody closes the pages for others; and the pages as a whole at a far higher number. Decided before anybody is looked up and by nothing but what the consumer was told, the
 * same for all that `SUBJECT_NOT_AVAILABLE` stands for: the refusal tells nothing about a person (IDNrG § 6 Abs. 5).
 */
export class LookupAllowance {
  /** Exchanges whose lookups may yet find nobody, by consumer, with who decided. */
  readonly #onTheirWay = new Map<string, Map<string, string | undefined>>();

  constructor(
    private readonly misidentified: Misidentified,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    /** In an hour, of a consumer or of one person at pages. */
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
  async within<T>(
    context: Asking,
    { lookups }: Pick<PreparedExchange, 'lookups'>,
    exchange: () => Promise<T>,
  ): Promise<T> {
    const { id: consumer, kind } = context.caller.participant;
    const decider = kind === 'pages' ? lookups[0]?.trigger.decision.decider : undefined;
    const others = this.#onTheirWay.get(consumer) ?? new Map<string, string | undefined>();
    const [ofAll, ofDecider] = [others.size, [...others.values()].filter((it) => it === decider).length];
    this.#onTheirWay.set(consumer, others.set(context.exchangeId, decider));
    try {
      if (decider !== undefined) await this.demand(consumer, ofDecider, this.max, decider);
      await this.demand(consumer, ofAll, kind === 'pages' ? this.max * PERSONS_AT_PAGES : this.max);
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

  private async demand(consumer: string, others: number, max: number, decider?: string): Promise<void> {
    const now = this.clock.now();
    const since = now - MISIDENTIFICATION_WINDOW_MS;
    const room = max - others;
    if (room > 0 && (await this.misidentified.nth(consumer, room, since, decider)) === undefined) return;
    const reachedAt = await this.misidentified.nth(consumer, max, since, decider);
    if (reachedAt === undefined) throw outage('BUSY');
    // Once in a while, not with each attempt; of two nodes that see it at the same moment both write one.
    if (!(await this.misidentified.isShown(consumer, since)))
      await this.audit.anomaly({
        caller: { consumer, reason: REASON },
        protected: { note: `${max} lookups within an hour found nobody` },
      });
    const retryDelayMs = Math.max(1, reachedAt + MISIDENTIFICATION_WINDOW_MS - now);
    throw new Fault(REASON, { retryDelayMs });
  }
}

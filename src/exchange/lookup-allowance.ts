import { AuditLog } from '../audit/audit-log.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { Misidentified } from './misidentified.js';

export const MISIDENTIFICATION_WINDOW_MS = 3_600_000;

const REASON = 'TOO_MANY_MISIDENTIFICATIONS';

/**
 * A consumer whose lookups keep finding nobody is guessing, or has a fault: no more lookups until it is an hour ago, and an
 * entry for whoever watches over it. Decided before anybody is looked up and by nothing but what the consumer was told, the
 * same for all that `SUBJECT_NOT_AVAILABLE` stands for: the refusal tells nothing about a person (IDNrG § 6 Abs. 5).
 */
export class LookupAllowance {
  constructor(
    private readonly misidentified: Misidentified,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    /** In an hour. */
    private readonly max: number,
  ) {}

  /** Requests that arrive together are counted when they have ended. @throws Fault TOO_MANY_MISIDENTIFICATIONS */
  async demand(consumer: string): Promise<void> {
    const now = this.clock.now();
    const since = now - MISIDENTIFICATION_WINDOW_MS;
    const reachedAt = await this.misidentified.nth(consumer, this.max, since);
    if (reachedAt === undefined) return;
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

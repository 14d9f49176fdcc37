import { EffectRefused } from '../audit/effect.js';
import type { AuditReceipt } from '../audit/log-store.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import type { Delivered, ExchangeContext, NotDelivered } from './exchange.js';
import { type Fetched, isNobodyAvailable } from './fetch-evidence.js';
import { FixedSlot } from './fixed-slot.js';
import { type Closing, ExchangeJournal } from './journal.js';
import { notDelivered, throwCommonReason } from './prepare-exchange.js';

export type Released = Readonly<{
  delivered: readonly (Delivered & Readonly<{ receipt: AuditReceipt }>)[];
  notDelivered: readonly NotDelivered[];
  /** Of the exchange's summary; its digest covers the whole answer. */
  summary: AuditReceipt;
}>;

/** Digest of the answer that these items would make. */
export type AnswerDigest = (delivered: readonly Delivered[], missing: readonly NotDelivered[]) => string;

/** Steps 11 and 12: every outcome is in the log with the digest of what is released, and only then is it released. */
export class EvidenceRelease {
  constructor(
    private readonly journal: ExchangeJournal,
    private readonly slot: FixedSlot,
    private readonly clock: Clock,
  ) {}

  /**
   * A retrieval whose trigger was withdrawn meanwhile, or which others have closed, is taken out and the rest released.
   * @throws Fault if nothing is released and there is one reason for all; DEADLINE_PASSED if nobody waits any more
   */
  async release(context: ExchangeContext, fetched: Fetched, digest: AnswerDigest): Promise<Released> {
    if (context.signal.aborted || context.deadline <= this.clock.now()) return this.abandon(context, fetched);
    const { delivered, notDelivered: missing, closings } = fetched;
    if (isNobodyAvailable(closings)) return this.refuseNeutrally(context, closings);
    try {
      const receipts = await this.journal.closed(context, closings, {
        outcome: missing.length === 0 ? 'released' : delivered.length === 0 ? 'refused' : 'partly_released',
        ...(delivered.length === 0 ? {} : { releaseDigest: digest(delivered, missing) }),
      });
      if (delivered.length === 0) throwCommonReason(missing, { isLogged: true });
      return { ...receipted(delivered, receipts), notDelivered: missing };
    } catch (error) {
      if (!(error instanceof EffectRefused)) throw error;
      return this.release(context, withoutLoser(fetched, error), digest);
    }
  }

  /** Whatever else was missing before anybody was asked: the answer is the one that nobody found would get. */
  private async refuseNeutrally(context: ExchangeContext, closings: readonly Closing[]): Promise<never> {
    const reason = 'SUBJECT_NOT_AVAILABLE';
    await this.journal.closed(context, closings, { outcome: 'refused', reason });
    await this.slot.reached(context.arrivedAt);
    throw new Fault(reason, { isLogged: true });
  }

  private async abandon(context: ExchangeContext, { closings }: Fetched): Promise<never> {
    const given = closings.map(({ retrieval, person }): Closing => {
      const reason = 'DEADLINE_PASSED';
      return { retrieval, outcome: 'failed', reason, cause: reason, ...(person === undefined ? {} : { person }) };
    });
    await this.journal.closed(context, given, { outcome: 'failed', reason: 'DEADLINE_PASSED' });
    throw new Fault('DEADLINE_PASSED', { isLogged: true });
  }
}

function receipted(
  delivered: readonly Delivered[],
  receipts: Readonly<{ retrievals: ReadonlyMap<string, AuditReceipt>; summary: AuditReceipt }>,
): Pick<Released, 'delivered' | 'summary'> {
  return {
    summary: receipts.summary,
    delivered: delivered.map((item) => {
      const receipt = receipts.retrievals.get(item.retrieval.retrievalId);
      if (receipt === undefined) throw new Error('no receipt, no release');
      return { ...item, receipt };
    }),
  };
}

/** Takes out what the log would not let be released. */
export function withoutLoser(fetched: Fetched, { effect }: EffectRefused): Fetched {
  const id = 'by' in effect ? effect.by : 'retrieval' in effect ? effect.retrieval : undefined;
  const loser = fetched.closings.find(({ retrieval }) => retrieval.retrievalId === id);
  if (loser === undefined) throw new Error('the log refused an effect of no retrieval');
  const { retrieval, person } = loser;
  const isWithdrawn = effect.kind === 'trigger-in-force';
  const reason = isWithdrawn ? 'TRIGGER_WITHDRAWN' : 'REGISTER_UNAVAILABLE';
  const others = fetched.closings.filter((it) => it !== loser);
  const refused: Closing = {
    retrieval,
    outcome: 'refused',
    reason,
    cause: reason,
    ...(person === undefined ? {} : { person }),
  };
  const { evidenceType, subjectRole } = retrieval;
  return {
    delivered: fetched.delivered.filter((it) => it.retrieval !== retrieval),
    notDelivered: [...fetched.notDelivered, notDelivered({ evidenceType: evidenceType.id, subjectRole }, reason)],
    // Closed by others already: it has its one final outcome and gets no second.
    closings: isWithdrawn ? [...others, refused] : others,
  };
}

import { type Effect, EffectRefused } from '../audit/effect.js';
import type { AuditReceipt } from '../audit/log-store.js';
import type { Outcome } from '../audit/record.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import {
  type Delivered,
  type ExchangeContext,
  isAwaited,
  type NotDelivered,
  type PlannedRetrieval,
  userOf,
} from './exchange.js';
import { isNobodyAvailable } from './fetch-evidence.js';
import type { Fetched } from './fetched.js';
import { FixedSlot } from './fixed-slot.js';
import { ExchangeJournal } from './journal.js';
import { type Closing, restsOnDecisions, withoutEvidence } from './journal-entries.js';
import { LateAnswers } from './late-answers.js';
import { notBrought, throwCommonReason } from './not-delivered.js';
import { PermissionInForce } from './permission-in-force.js';
import { lookupBehind } from './resolved-subject.js';
import { resendable, withdrawnBy } from './sent-before.js';

export type Released = Readonly<{
  delivered: readonly (Delivered & Readonly<{ receipt: AuditReceipt }>)[];
  notDelivered: readonly NotDelivered[];
  /** Of the exchange's summary; its digest covers the whole answer. */
  summary: AuditReceipt;
}>;

/** Digest of the answer that these items would make. */
export type AnswerDigest = (delivered: readonly Delivered[], missing: readonly NotDelivered[]) => string;

/** A client whose deadline passes hangs up, too, and its clock is another one. */
const DEADLINE_IS_NEAR_MS = 20;

/** Steps 11 and 12: every outcome is in the log with the digest of what is released, and only then is it released. */
export class EvidenceRelease {
  constructor(
    private readonly journal: ExchangeJournal,
    private readonly inForce: PermissionInForce,
    private readonly late: LateAnswers,
    private readonly slot: FixedSlot,
    private readonly clock: Clock,
  ) {}

  /**
   * A retrieval whose trigger was withdrawn meanwhile, which is not permitted any more or which others have closed, is taken
   * out and the rest released.
   * @param withdrawn of what was sent by itself
   * @throws Fault if nothing is released and there is one reason for all; DEADLINE_PASSED or CALLER_LEFT if nobody waits any more
   */
  async release(
    context: ExchangeContext,
    fetched: Fetched,
    digest: AnswerDigest,
    withdrawn: readonly PlannedRetrieval[] = [],
  ): Promise<Released> {
    const { delivered, notDelivered: other, closings } = this.inForce.permitted(context, fetched);
    // First: who hangs up finds one outcome, whatever there would have been to hear.
    if (!isAwaited(context, this.clock.now())) return this.abandon(context, fetched);
    if (isNobodyAvailable({ delivered, closings })) return this.refuseNeutrally(context, fetched);
    const sendable = resendable(this.inForce, context, delivered, withdrawn);
    const missing = [...other, ...sendable.missing];
    try {
      const receipts = await this.journal.closed(context, closings, {
        outcome: outcomeOf(delivered, missing),
        ...(delivered.length === 0 ? {} : { releaseDigest: digest(sendable.delivered, missing) }),
        restsOn: sendable.delivered.flatMap(({ restsOn = [] }) => restsOn),
      });
      if (delivered.length === 0) throwCommonReason(missing, { isLogged: true, nowMs: this.clock.now() });
      return { ...receipted(sendable.delivered, receipts), notDelivered: missing };
    } catch (error) {
      if (!(error instanceof EffectRefused)) throw error;
      const gone = withdrawnBy(error.effect, sendable.delivered);
      if (gone.length > 0) return this.release(context, fetched, digest, [...withdrawn, ...gone]);
      await recordLate(this.late, context, fetched, error);
      const left = withoutLoser(fetched, error);
      // Others have closed all of it: nothing is left to release, and nothing to close.
      if (left.closings.length === 0 && left.delivered.length === 0) throw new Fault('NOT_FOUND', { isLogged: true });
      return this.release(context, left, digest);
    }
  }

  /** Whatever else was missing before anybody was asked: the answer is the one that nobody found would get. */
  private async refuseNeutrally(context: ExchangeContext, fetched: Fetched): Promise<never> {
    const reason = 'SUBJECT_NOT_AVAILABLE';
    try {
      await this.journal.closed(context, fetched.closings, { outcome: 'refused', reason });
    } catch (error) {
      if (!(error instanceof EffectRefused)) throw error;
      await recordLate(this.late, context, fetched, error);
      return this.refuseNeutrally(context, withoutLoser(fetched, error));
    }
    return this.slot.refuse(context.arrivedAt);
  }

  private async abandon(context: ExchangeContext, fetched: Fetched): Promise<never> {
    const isEarly = context.hungUp.aborted && this.clock.now() < context.deadline - DEADLINE_IS_NEAR_MS;
    const reason = isEarly ? 'CALLER_LEFT' : 'DEADLINE_PASSED';
    const given = fetched.closings.map((it) => withoutEvidence(it, { outcome: 'failed', reason, cause: reason }));
    try {
      const outcome = fetched.delivered.some(({ receipt }) => receipt !== undefined) ? 'partly_released' : 'failed';
      await this.journal.closed(context, given, { outcome, reason });
    } catch (error) {
      if (!(error instanceof EffectRefused)) throw error;
      await recordLate(this.late, context, fetched, error);
      return this.abandon(context, withoutLoser(fetched, error));
    }
    throw new Fault(reason, { isLogged: true });
  }
}

function outcomeOf(delivered: readonly Delivered[], missing: readonly NotDelivered[]): Outcome {
  if (missing.length === 0) return 'released';
  if (delivered.length > 0) return 'partly_released';
  if (missing.some(({ state }) => state === 'deferred')) return 'deferred';
  return missing.every(({ state }) => state === 'failed') ? 'failed' : 'refused';
}

function receipted(
  delivered: readonly Delivered[],
  receipts: Readonly<{ retrievals: ReadonlyMap<string, AuditReceipt>; summary: AuditReceipt }>,
): Pick<Released, 'delivered' | 'summary'> {
  return {
    summary: receipts.summary,
    delivered: delivered.map((item) => {
      const receipt = item.receipt ?? receipts.retrievals.get(item.retrieval.retrievalId);
      if (receipt === undefined) throw new Error('no receipt, no release');
      return { ...item, receipt };
    }),
  };
}

/** Takes out what the log would not let be released: what rests on a withdrawn decision, or what others have closed. */
export function withoutLoser(fetched: Fetched, { effect }: EffectRefused): Fetched {
  const losers = losersOf(fetched, effect);
  if (losers.length === 0) throw new Error('the log refused an effect of no retrieval');
  const isWithdrawn = effect.kind === 'trigger-in-force';
  const reason = isWithdrawn ? 'TRIGGER_WITHDRAWN' : 'REGISTER_UNAVAILABLE';
  const others = fetched.closings.filter((it) => !losers.includes(it));
  const ids = new Set<string | undefined>(losers.map(({ retrieval }) => retrieval.retrievalId));
  const refused = losers.map((it) => withoutEvidence(it, { outcome: 'refused', reason, cause: reason }));
  const lost = losers.map(({ retrieval }) => notBrought(retrieval, reason));
  return {
    delivered: fetched.delivered.filter(({ retrieval }) => losers.every((loser) => loser.retrieval !== retrieval)),
    notDelivered: [...fetched.notDelivered.filter(({ ofRetrieval }) => !ids.has(ofRetrieval)), ...lost],
    // Closed by others already: it has its one final outcome and gets no second.
    closings: isWithdrawn ? [...others, ...refused] : others,
  };
}

/** What others have closed while its register answered was answered too late: that goes on record. */
export async function recordLate(
  late: LateAnswers,
  context: ExchangeContext,
  fetched: Fetched,
  { effect }: EffectRefused,
): Promise<void> {
  if (effect.kind !== 'close-retrieval' && effect.kind !== 'retrieval-open') return;
  await Promise.all(losersOf(fetched, effect).map((closing) => late.record(context, closing)));
}

function losersOf({ closings }: Fetched, effect: Effect): readonly Closing[] {
  const id = 'by' in effect ? effect.by : 'retrieval' in effect ? effect.retrieval : undefined;
  return closings.filter(
    (closing) =>
      closing.retrieval.retrievalId === id ||
      userOf(closing.retrieval) === id ||
      (restsOnDecisions(closing) && lookupBehind(closing.person)?.by === id),
  );
}

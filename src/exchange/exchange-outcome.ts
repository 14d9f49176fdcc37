import { randomBytes } from 'node:crypto';
import { EffectRefused } from '../audit/effect.js';
import { copyOf } from '../audit/receipt.js';
import type { OnlineService } from '../catalogue/catalogue.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { DeferralDesk } from './deferral-desk.js';
import { type Emit, EvidenceEmission } from './emit-evidence.js';
import {
  type ExchangeContext,
  isAwaited,
  isReadable,
  type PreparedExchange,
  restsOn,
  wantsPreview,
} from './exchange.js';
import { type ExchangeAnswer, releaseAnswer } from './exchange-answer.js';
import { EvidenceFetch, type FetchLimits } from './fetch-evidence.js';
import type { Fetched } from './fetched.js';
import { FixedSlot } from './fixed-slot.js';
import { EvidenceHold } from './hold-evidence.js';
import { LateAnswers } from './late-answers.js';
import { LookupAllowance } from './lookup-allowance.js';
import { PermissionInForce } from './permission-in-force.js';
import { EvidenceRelease, recordLate, withoutLoser } from './release-evidence.js';

/** Steps 5 to 12: fetches, keeps open what comes later, then either releases or, where the person wants to see it first, holds. */
export class ExchangeOutcome {
  constructor(
    private readonly fetch: EvidenceFetch,
    private readonly hold: EvidenceHold,
    private readonly deferrals: DeferralDesk,
    private readonly release: EvidenceRelease,
    private readonly late: LateAnswers,
    private readonly inForce: PermissionInForce,
    private readonly emission: EvidenceEmission,
    private readonly allowance: LookupAllowance,
    private readonly slot: FixedSlot,
    private readonly clock: Clock,
    private readonly limits: Pick<FetchLimits, 'reserveMs'>,
  ) {}

  /** @throws Fault TOO_MANY_MISIDENTIFICATIONS, BUSY, before anybody is looked up */
  async of(
    context: ExchangeContext,
    prepared: PreparedExchange,
    service: OnlineService | undefined,
    emit?: Emit,
  ): Promise<ExchangeAnswer> {
    if (service !== undefined) this.fetch.demandReadable(context);
    // Nobody is looked up for a caller who has left.
    if (!isAwaited(context, this.clock.now())) throw new Fault('DEADLINE_PASSED');
    // An exchange is held as a whole.
    const isEmitted = emit !== undefined && service !== undefined && !prepared.retrievals.some(wantsPreview);
    const each = isEmitted ? this.emission.to(emit, context, service) : undefined;
    const run = async () => {
      const fetched = await this.fetch.fetch(context, prepared, each);
      // The outcome of what is not available is written at its moment, and so is that of a caller who has left.
      if (hasUnavailable(fetched) || !isAwaited(context, this.clock.now()))
        await this.slot.reached(context.arrivedAt, context.deadline - this.limits.reserveMs);
      return this.keepOpen(context, this.inForce.permitted(context, fetched), service);
    };
    return prepared.lookups.length === 0 ? run() : this.allowance.within(context, prepared, run);
  }

  private async keepOpen(
    context: ExchangeContext,
    fetched: Fetched,
    service: OnlineService | undefined,
  ): Promise<ExchangeAnswer> {
    const kept = await this.deferrals.keep(context, fetched, service);
    try {
      const answer = await this.conclude(context, kept.fetched, service);
      await this.deferrals.forget(kept, answer.notDelivered);
      return answer;
    } catch (error) {
      await this.deferrals.forget(kept);
      throw error;
    }
  }

  private async conclude(
    context: ExchangeContext,
    fetched: Fetched,
    service: OnlineService | undefined,
  ): Promise<ExchangeAnswer> {
    // Whoever keeps the key shows it to the person by their own library, before they use it.
    const isHeld = fetched.delivered.some((it) => isReadable(it) && wantsPreview(it.retrieval));
    if (!isHeld || context.hungUp.aborted) return releaseAnswer(this.release, context, fetched, service);
    try {
      return await this.held(context, fetched, service);
    } catch (error) {
      if (!(error instanceof EffectRefused)) throw error;
      await recordLate(this.late, context, fetched, error);
      return this.conclude(context, withoutLoser(fetched, error), service);
    }
  }

  private async held(
    context: ExchangeContext,
    fetched: Fetched,
    service: OnlineService | undefined,
  ): Promise<ExchangeAnswer> {
    const { notDelivered, receipt } = await this.hold.hold(context, fetched, service);
    return {
      exchangeId: context.exchangeId,
      fields: [],
      evidence: [],
      notDelivered,
      receipt: copyOf(receipt),
      releaseSalt: randomBytes(32).toString('base64url'),
      restsOn: restsOn(context.purpose, []),
    };
  }
}

function hasUnavailable({ closings }: Fetched): boolean {
  return closings.some(({ reason }) => reason === 'SUBJECT_NOT_AVAILABLE');
}

import { randomUUID } from 'node:crypto';
import { EffectRefused } from '../audit/effect.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { Intermediary } from '../permission/intermediary.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { REASONS, type Reason } from '../platform/reasons.js';
import type { RegisterGateway } from '../registers/register-gateway.js';
import type { DeferralSeals, DeferredAnswer, DeferredPlan } from './deferral-seals.js';
import type { ClaimedDeferral, DeferralStore } from './deferral-store.js';
import type { ExchangeContext, PlannedRetrieval } from './exchange.js';
import { EvidenceFetch, type Retrieved } from './fetch-evidence.js';
import { ExchangeJournal } from './journal.js';
import { type Closing, EXPIRY_SLACK_MS, withoutEvidence } from './journal-entries.js';
import { LateAnswers } from './late-answers.js';
import { endingOf } from './not-delivered.js';
import { PermissionInForce } from './permission-in-force.js';

/** For permission, register and log of one attempt; the job that runs it is taken for dead after four times as long. */
const ATTEMPT_MS = 30_000;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;

/** What became of a deferral; undefined where it goes on waiting, or there is nothing to do. */
type Resumed = 'ready' | 'ended' | undefined;

type Over = Readonly<{ reason: Reason; cause: string }>;
const WITHDRAWN: Over = { reason: 'TRIGGER_WITHDRAWN', cause: 'TRIGGER_WITHDRAWN' };

type Attempt = Readonly<{
  claimed: ClaimedDeferral;
  plan: DeferredPlan;
  context: ExchangeContext;
  /** This attempt: a retrieval of its own, at the register too. */
  retrieval: PlannedRetrieval;
}>;

/**
 * Asks a register for what it announced, when it is due: a retrieval of its own with a fresh permission and trigger token, by the
 * decision that is kept open. Withdrawal, permission and time count before it is asked, and again before anything is released.
 */
export class RetrievalResumption {
  constructor(
    private readonly store: DeferralStore,
    private readonly seals: DeferralSeals,
    private readonly catalogue: CurrentCatalogue,
    private readonly intermediary: Intermediary,
    private readonly inForce: PermissionInForce,
    private readonly fetch: EvidenceFetch,
    private readonly gateway: Pick<RegisterGateway, 'notNow'>,
    private readonly journal: ExchangeJournal,
    private readonly late: LateAnswers,
    private readonly clock: Clock,
    /** How long what came waits to be fetched by the consumer, milliseconds. */
    private readonly keepAnswerMs: number,
  ) {}

  /** Does what is due. Twice for the same id does no harm. @throws what is worth another try */
  async resume(id: string, stopping: AbortSignal): Promise<Resumed> {
    const attemptId = randomUUID();
    const claimed = await this.store.claim(id, attemptId);
    if (claimed === undefined) return undefined;
    const plan = await this.seals.open('plan', claimed);
    // The keys of its month are gone, or it was altered: forgotten.
    if (plan === undefined) {
      await this.store.destroy([id]);
      return undefined;
    }
    const attempt = this.attempt(claimed, plan, attemptId, stopping);
    for (const lost of claimed.lost) {
      const closedAs = await this.giveUp(attempt, lost);
      if (closedAs !== undefined) return this.end(claimed, attemptId, closedAs);
    }
    const over = this.whyOver(claimed);
    if (claimed.state === 'ready') return over === undefined ? undefined : this.endReady(attempt, over);
    return over === undefined ? this.ask(attempt, attemptId) : this.endWaiting(attempt, over);
  }

  private whyOver({ isWithdrawn, expiresAt }: ClaimedDeferral): Over | undefined {
    if (isWithdrawn) return WITHDRAWN;
    if (expiresAt <= this.clock.now()) return { reason: 'DEFERRAL_EXPIRED', cause: 'DEFERRAL_EXPIRED' };
    return undefined;
  }

  private async ask(attempt: Attempt, attemptId: string): Promise<Resumed> {
    const { claimed, plan, context } = attempt;
    // Nothing is opened, nor permission asked, for a register that is not asked now.
    const notNow = this.gateway.notNow(plan.retrieval.register.id);
    if (notNow !== undefined) return this.postpone(claimed, attemptId, notNow.untilMs);
    let retrieved: Retrieved;
    let retrieval: PlannedRetrieval;
    try {
      retrieval = await this.permitted(attempt);
      const expiresAt = context.deadline + EXPIRY_SLACK_MS + this.keepAnswerMs;
      retrieved = await this.fetch.again(context, retrieval, plan.person, expiresAt);
    } catch (error) {
      if (isWithdrawal(error)) return this.endWaiting(attempt, WITHDRAWN);
      if (error instanceof Fault && REASONS[error.reason].kind === 'refusal' && error.retryDelayMs === undefined)
        return this.endWaiting(attempt, { reason: error.reason, cause: error.reason });
      throw error;
    }
    const { delivered, closing, missing } = retrieved;
    if (delivered !== undefined) return this.keep(attempt, attemptId, { ...delivered, closing });
    try {
      // Given up by another attempt meanwhile: what becomes of it is that one's.
      if (!(await this.close(context, closing))) return undefined;
    } catch (error) {
      if (!isWithdrawal(error)) throw error;
      return this.endWithdrawn(attempt, closing);
    }
    const reason = missing?.reason ?? 'REGISTER_UNAVAILABLE';
    if (!isFinal(reason)) {
      // What says that it is busy for a moment announces nothing.
      const announced = missing?.state === 'deferred' ? missing.availableAt : undefined;
      return this.postpone(claimed, attemptId, missing?.availableAt, announced);
    }
    return this.end(claimed, attemptId, reason);
  }

  private async postpone(
    claimed: ClaimedDeferral,
    attemptId: string,
    from?: number,
    announced?: number,
  ): Promise<Resumed> {
    const dueAt = this.nextTry(claimed, from);
    await this.store.wait(claimed.id, attemptId, { availableAt: announced ?? dueAt, dueAt });
    return undefined;
  }

  /** Not where another attempt has taken over. */
  private async end({ id }: ClaimedDeferral, attemptId: string, reason: Reason): Promise<Resumed> {
    return (await this.store.end(id, attemptId, reason)) ? 'ended' : undefined;
  }

  /** By the catalogue and the rules of now: the register too, which may have moved. @throws Fault */
  private async permitted({ retrieval, plan: { purpose }, context }: Attempt): Promise<PlannedRetrieval> {
    const register = this.catalogue.lookup.register(retrieval.register.id);
    if (register === undefined) throw new Fault('TRANSFER_NOT_PERMITTED');
    const { fields } = retrieval;
    const answered = await this.intermediary.check(
      retrieval.permission.question,
      { purposeHash: purpose.hash, fields },
      { deadline: context.deadline, signal: context.signal },
    );
    const permission = this.inForce.narrow(answered, fields);
    if ('reason' in permission || !fields.every((field) => permission.fields.includes(field)))
      throw new Fault('TRANSFER_NOT_PERMITTED');
    return { ...retrieval, register, permission };
  }

  /** Sealed first and logged then: what a withdrawal that came in between must destroy is there to be found. */
  private async keep(attempt: Attempt, attemptId: string, answer: DeferredAnswer): Promise<Resumed> {
    const { context } = attempt;
    const { closing } = answer;
    if (!(await this.stored(attempt, attemptId, answer))) {
      // Withdrawn, or another attempt took over: this one's evidence is dropped, and its job says what becomes of it.
      await this.close(context, dropped(closing, 'REGISTER_UNAVAILABLE', 'NOT_KEPT'));
      return undefined;
    }
    try {
      await this.journal.held(context, [closing], []);
      return 'ready';
    } catch (error) {
      if (!isWithdrawal(error)) throw error;
      return this.endWithdrawn(attempt, closing);
    }
  }

  /** @throws where it cannot be sealed or stored: the register did answer, and the log says so before the next attempt */
  private async stored({ claimed, context }: Attempt, attemptId: string, answer: DeferredAnswer): Promise<boolean> {
    try {
      const sealed = await this.seals.close('answer', claimed.id, answer);
      return await this.store.ready(claimed.id, attemptId, sealed, this.clock.now() + this.keepAnswerMs);
    } catch (error) {
      // The log may be as far away: then the next attempt closes this one.
      await this.close(context, dropped(answer.closing, 'REGISTER_UNAVAILABLE', 'NOT_KEPT')).catch(() => undefined);
      throw error;
    }
  }

  /** While the register worked, and whatever it answered. */
  private async endWithdrawn({ claimed, context, retrieval }: Attempt, closing: Closing): Promise<Resumed> {
    await this.close(context, dropped(closing, WITHDRAWN.reason, WITHDRAWN.cause));
    return this.end(claimed, retrieval.retrievalId, WITHDRAWN.reason);
  }

  /** An entry without another look at the register: how what was kept open ended. */
  private async endWaiting({ claimed, plan, context, retrieval }: Attempt, { reason, cause }: Over): Promise<Resumed> {
    const { person } = plan;
    await this.journal.endedUnasked(context, {
      ...{ retrieval, person, reason, cause, statement: { answered: 'not_asked' } },
      outcome: endingOf(reason),
    });
    return this.end(claimed, retrieval.retrievalId, reason);
  }

  /** What came was not fetched, or was withdrawn: the retrieval that brought it ends, and it is destroyed. */
  private async endReady(attempt: Attempt, { reason, cause }: Over): Promise<Resumed> {
    const { claimed } = attempt;
    const statement = { answered: 'evidence' } as const;
    const ending = { statement, wasHeld: true, outcome: endingOf(reason), reason, cause } as const;
    if (claimed.attempt === undefined) return undefined;
    await this.closeIfOpen(attempt, claimed.attempt, ending);
    return this.end(claimed, claimed.attempt, reason);
  }

  /**
   * The process that asked has died, or does not come to an end: nothing is released by it any more.
   * @returns for which reason it had ended all before, where its entry was written and the row was not changed any more
   */
  private async giveUp(attempt: Attempt, lost: string): Promise<Reason | undefined> {
    const ending = { statement: { answered: 'none' }, outcome: 'unknown', cause: 'ATTEMPT_LOST' } as const;
    if (await this.closeIfOpen(attempt, lost, ending)) return undefined;
    const { reason } = (await this.store.closedAs(lost)) ?? {};
    return reason !== undefined && isFinal(reason) ? reason : undefined;
  }

  private closeIfOpen(
    { context, plan, retrieval }: Attempt,
    retrievalId: string,
    ending: Omit<Closing, 'retrieval' | 'person'>,
  ): Promise<boolean> {
    return this.close(context, { ...ending, retrieval: { ...retrieval, retrievalId }, person: plan.person });
  }

  /**
   * Says whether it did. One that was never opened has no outcome; of one that others have closed, what its register answered is
   * on record as late.
   * @throws EffectRefused where what it would keep open was withdrawn
   */
  private async close(context: ExchangeContext, closing: Closing): Promise<boolean> {
    try {
      await this.journal.retrievalClosed(context, closing);
      return true;
    } catch (error) {
      if (!(error instanceof EffectRefused) || isWithdrawal(error)) throw error;
      if (error.reason === 'ALREADY_CLOSED') await this.late.record(context, closing);
      return false;
    }
  }

  /** When the register says, and later each time: what is announced again and again must not be asked for again and again. */
  private nextTry({ attempts, expiresAt }: ClaimedDeferral, availableAt = 0): number {
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
    return Math.min(Math.max(availableAt, this.clock.now() + pauseMs), expiresAt);
  }

  private attempt(claimed: ClaimedDeferral, plan: DeferredPlan, attemptId: string, stopping: AbortSignal): Attempt {
    const now = this.clock.now();
    const { lookup } = this.catalogue;
    const [thumbprint = ''] = lookup.keysOf(claimed.consumer)?.certificates ?? [];
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(ATTEMPT_MS)]);
    return {
      claimed,
      plan,
      context: {
        exchangeId: claimed.exchangeId,
        // Whether it is a participant still is seen before anything is asked: a certificate that nobody has belongs to none.
        caller: { participant: lookup.participant(claimed.consumer) ?? plan.participant, thumbprint },
        purpose: plan.purpose,
        arrivedAt: now,
        deadline: now + ATTEMPT_MS,
        signal,
        hungUp: signal,
      },
      retrieval: {
        ...plan.retrieval,
        ...{ retrievalId: attemptId, registerRef: randomUUID(), usedBy: plan.retrieval.retrievalId },
      },
    };
  }
}

function isWithdrawal(error: unknown): boolean {
  return error instanceof EffectRefused && error.effect.kind === 'trigger-in-force';
}

/** Nobody is asked once more. */
function isFinal(reason: Reason): boolean {
  return REASONS[reason].kind !== 'outage' || reason === 'DEFERRAL_EXPIRED';
}

function dropped(closing: Closing, reason: Reason, cause: string): Closing {
  return withoutEvidence(closing, { outcome: endingOf(reason), reason, cause });
}

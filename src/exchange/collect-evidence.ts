import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OnlineService } from '../catalogue/catalogue.js';
import { Intermediary } from '../permission/intermediary.js';
import { Clock } from '../platform/clock.js';
import { Fault, refusal } from '../platform/fault.js';
import type { Reason } from '../platform/reasons.js';
import { AnswerOnce } from './answer-once.js';
import { DeferralSeals, type DeferredAnswer, type DeferredPlan } from './deferral-seals.js';
import { type Deferral, DeferralStore } from './deferral-store.js';
import { type ExchangeContext, isAwaited, type NotDelivered, releasedText } from './exchange.js';
import { type ExchangeAnswer, releaseAnswer } from './exchange-answer.js';
import type { Fetched } from './fetched.js';
import { withoutEvidence } from './journal-entries.js';
import { notBrought, notDelivered } from './not-delivered.js';
import { PermissionInForce } from './permission-in-force.js';
import { EvidenceRelease } from './release-evidence.js';
import { demandStillPermitted, stillPermitted } from './still-permitted.js';

export type CollectedAnswer = Pick<ExchangeAnswer, 'fields' | 'evidence' | 'notDelivered'> &
  /** Absent where nothing has come: then nothing was released, and nothing logged. */
  Partial<Pick<ExchangeAnswer, 'receipt' | 'releaseSalt' | 'restsOn'>> &
  Readonly<{ service: OnlineService | undefined; purpose: string }>;

/** What became of evidence that a register announced for later. A command: it releases, and leaves a trace. */
export class CollectEvidence extends Command<CollectedAnswer> {
  constructor(
    readonly context: Omit<ExchangeContext, 'purpose' | 'exchangeId'>,
    readonly requestId: string,
    readonly exchangeId: string,
  ) {
    super();
  }
}

type Ready = Readonly<{ deferral: Deferral; plan: DeferredPlan; answer: DeferredAnswer }>;
type Found = Readonly<{ deferrals: readonly Deferral[]; ready: readonly Ready[] }>;

@CommandHandler(CollectEvidence)
export class CollectEvidenceHandler implements ICommandHandler<CollectEvidence> {
  constructor(
    private readonly store: DeferralStore,
    private readonly seals: DeferralSeals,
    private readonly intermediary: Intermediary,
    private readonly inForce: PermissionInForce,
    private readonly release: EvidenceRelease,
    private readonly answers: AnswerOnce,
    private readonly clock: Clock,
  ) {}

  async execute({ context: given, requestId, exchangeId }: CollectEvidence): Promise<CollectedAnswer> {
    const { caller } = given;
    const context = { ...given, exchangeId };
    return this.answers.answer<Found, CollectedAnswer>(
      context,
      requestId,
      { exchangeId },
      {
        // The first run destroyed what it gave; its answer is all that a repeat gets.
        prepare: (isRepeat) => (isRepeat ? NOTHING : this.find(exchangeId, caller.participant.id)),
        demandRepeatable: async ({ restsOn }) => {
          if (restsOn !== undefined) await demandStillPermitted(this.intermediary, this.inForce, context, restsOn);
        },
        triggers: ({ ready }) => ready.flatMap(({ deferral }) => deferral.triggers),
        run: (found) => this.collect(context, found),
      },
    );
  }

  /** @throws Fault NOT_FOUND, also for another consumer's and where everything was fetched */
  private async find(exchangeId: string, consumer: string): Promise<Found> {
    const deferrals = await this.store.ofExchange(exchangeId, consumer);
    if (deferrals.length === 0) throw refusal('NOT_FOUND');
    const ready = await Promise.all(
      deferrals.map(async (deferral): Promise<readonly Ready[]> => {
        if (deferral.state !== 'ready' || deferral.expiresAt <= this.clock.now()) return [];
        const [plan, answer] = [await this.seals.open('plan', deferral), await this.seals.open('answer', deferral)];
        return plan === undefined || answer === undefined ? [] : [{ deferral, plan, answer }];
      }),
    );
    return { deferrals, ready: ready.flat() };
  }

  private async collect(given: Omit<ExchangeContext, 'purpose'>, found: Found): Promise<CollectedAnswer> {
    const { ready } = found;
    const others = found.deferrals.filter((it) => ready.every(({ deferral }) => deferral !== it)).map(asMissing);
    const [first] = ready;
    if (first === undefined) return { ...EMPTY, notDelivered: others, ...(await this.aboutWhat(found)) };
    const { purpose, service } = first.plan;
    const context = { ...given, purpose };
    const retrievals = ready.map(({ answer }) => answer.retrieval);
    const permitted = await stillPermitted(this.intermediary, context, retrievals);
    // Of a call that nobody waits for any more the evidence stays where it is.
    if (!isAwaited(given, this.clock.now())) throw new Fault('DEADLINE_PASSED');
    const answer = await this.released(context, ready, fetchedOf(ready, others, permitted), service);
    return { ...answer, service, purpose: purpose.id };
  }

  /** Which service the texts are of. Nothing is known of it any more where all has ended. */
  private async aboutWhat({ deferrals }: Found): Promise<Pick<CollectedAnswer, 'service' | 'purpose'>> {
    const open = deferrals.find(({ plan }) => plan !== undefined);
    const plan = open && (await this.seals.open('plan', open));
    return { service: plan?.service, purpose: plan?.purpose.id ?? '' };
  }

  /** Whatever the outcome: it is in the log, and what was kept is destroyed. */
  private async released(
    context: ExchangeContext,
    ready: readonly Ready[],
    fetched: Fetched,
    service: OnlineService | undefined,
  ): Promise<ExchangeAnswer> {
    try {
      const answer = await releaseAnswer(this.release, context, fetched, service);
      const released = new Set(answer.evidence.map(releasedText));
      const isReleased = (it: Ready) => released.has(releasedText(it.answer));
      await this.store.destroy(ready.filter(isReleased).map(({ deferral }) => deferral.id));
      for (const it of ready.filter((one) => !isReleased(one)))
        await this.end(it, reasonIn(answer.notDelivered, it.answer));
      return answer;
    } catch (error) {
      if (error instanceof Fault && error.isLogged) for (const it of ready) await this.end(it, error.reason);
      throw error;
    }
  }

  private async end({ deferral, answer }: Ready, reason: Reason): Promise<void> {
    await this.store.end(deferral.id, answer.retrieval.retrievalId, reason);
  }
}

const NOTHING: Promise<Found> = Promise.resolve({ deferrals: [], ready: [] });
const EMPTY = { fields: [], evidence: [] } as const;

function fetchedOf(ready: readonly Ready[], others: readonly NotDelivered[], permitted: ReadonlySet<string>): Fetched {
  const kept = ready.filter(({ answer }) => permitted.has(answer.retrieval.retrievalId));
  const dropped = ready.filter((it) => !kept.includes(it));
  const reason = 'TRANSFER_NOT_PERMITTED' as const;
  return {
    delivered: kept.map(({ answer: { retrieval, evidence } }) => ({ retrieval, evidence })),
    notDelivered: [...others, ...dropped.map(({ answer: { retrieval } }) => notBrought(retrieval, reason))],
    closings: [
      ...kept.map(({ answer: { closing } }) => ({ ...closing, wasHeld: true as const })),
      ...dropped.map(({ answer: { closing } }) =>
        withoutEvidence(closing, { wasHeld: true, outcome: 'refused', reason }),
      ),
    ],
  };
}

function asMissing(deferral: Deferral): NotDelivered {
  const { state, reason, isWithdrawn, availableAt, expiresAt } = deferral;
  if (state === 'ended') return notDelivered(deferral, reason ?? 'DEFERRAL_EXPIRED');
  if (isWithdrawn) return notDelivered(deferral, 'TRIGGER_WITHDRAWN');
  if (state === 'ready') return notDelivered(deferral, 'DEFERRAL_EXPIRED');
  return { ...notDelivered(deferral, 'EVIDENCE_DEFERRED', 'deferred'), availableAt, keptUntil: expiresAt };
}

function reasonIn(missing: readonly NotDelivered[], { retrieval }: DeferredAnswer): Reason {
  const item = missing.find(({ ofRetrieval }) => ofRetrieval === retrieval.retrievalId);
  return item?.reason ?? 'TRANSFER_NOT_PERMITTED';
}

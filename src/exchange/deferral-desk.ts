import { randomUUID } from 'node:crypto';
import type { OnlineService } from '../catalogue/catalogue.js';
import type { EvidenceInspector } from '../evidence/evidence-inspector.js';
import type { Clock } from '../platform/clock.js';
import { describeError, type OperationalLog } from '../platform/operational-log.js';
import type { DeferralSeals, DeferredPlan } from './deferral-seals.js';
import type { DeferralStore, NewDeferral } from './deferral-store.js';
import { type ExchangeContext, type NotDelivered, wantsPreview } from './exchange.js';
import type { Fetched } from './fetched.js';
import { lookupBehind } from './resolved-subject.js';

/** The log has taken the outcome by then, or it is looked at once more: nothing is asked before. */
const FIRST_LOOK_MS = 5000;

/** What is kept open, by retrieval, and what the answer says about it. */
export type KeptOpen = Readonly<{ fetched: Fetched; ids: ReadonlyMap<string | undefined, string> }>;

const NONE: KeptOpen['ids'] = new Map();

/** Keeps a decision open for the exchange in which a register answered "later", and for nothing else. */
export class DeferralDesk {
  constructor(
    private readonly store: DeferralStore,
    private readonly seals: DeferralSeals,
    private readonly inspector: EvidenceInspector,
    private readonly clock: Clock,
    /** Longest time that a decision is kept open, milliseconds. */
    private readonly horizonMs: number,
    private readonly log: OperationalLog,
  ) {}

  /**
   * Sealed first and logged then, as what is held: whatever comes in between, what the log does not bear out counts for
   * nothing. One that cannot be sealed or stored is not kept, and the answer does not say so: what others brought is not lost with it.
   * Not kept either: what is announced for beyond the horizon, what the person wants to see before it is used, and what only its
   * consumer could open, within minutes of its making.
   */
  async keep(context: ExchangeContext, fetched: Fetched, service: OnlineService | undefined): Promise<KeptOpen> {
    if (!this.inspector.opensFor(context.caller.participant.id)) return { fetched, ids: NONE };
    const expiresAt = this.clock.now() + this.horizonMs;
    const made = await this.stored(context, fetched, service, expiresAt).catch((error: unknown) => {
      this.log.warn(describeError(error), 'what was announced for later is not kept open');
      return [];
    });
    if (made.length === 0) return { fetched, ids: NONE };
    const ids = new Map<string | undefined, string>(made.map(({ retrieval, id }) => [retrieval, id]));
    const isKept = ({ state, ofRetrieval }: NotDelivered) => state === 'deferred' && ids.has(ofRetrieval);
    return {
      ids,
      fetched: {
        ...fetched,
        notDelivered: fetched.notDelivered.map((it) => (isKept(it) ? { ...it, keptUntil: expiresAt } : it)),
      },
    };
  }

  /**
   * All but what the answer says is kept open. Resolves in any case: what the log does not bear out is destroyed when it is due.
   */
  async forget({ ids }: KeptOpen, answered: readonly NotDelivered[] = []): Promise<void> {
    const told = new Set(answered.filter(({ state }) => state === 'deferred').map(({ ofRetrieval }) => ofRetrieval));
    const untold = [...ids].flatMap(([retrieval, id]) => (told.has(retrieval) ? [] : [id]));
    if (untold.length === 0) return;
    await this.store
      .destroy(untold)
      .catch((error: unknown) => this.log.warn(describeError(error), 'a deferral that ended is not destroyed yet'));
  }

  private async stored(
    context: ExchangeContext,
    fetched: Fetched,
    service: OnlineService | undefined,
    expiresAt: number,
  ): Promise<readonly NewDeferral[]> {
    const made = await Promise.all(
      fetched.closings.flatMap((closing) => {
        const { retrieval, person } = closing;
        const item = fetched.notDelivered.find((it) => it.ofRetrieval === retrieval.retrievalId);
        if (closing.outcome !== 'deferred' || person === undefined || wantsPreview(retrieval)) return [];
        if (item?.availableAt === undefined || item.availableAt >= expiresAt) return [];
        return [this.make(context, { retrieval, person, service, availableAt: item.availableAt, expiresAt })];
      }),
    );
    if (made.length === 0) return made;
    try {
      await this.store.put(made);
    } catch (error) {
      // It may be there all the same.
      await this.store.destroy(made.map(({ id }) => id)).catch(() => undefined);
      throw error;
    }
    return made;
  }

  private async make(
    { exchangeId, caller, purpose }: ExchangeContext,
    kept: Pick<DeferredPlan, 'retrieval' | 'person' | 'service'> & Pick<NewDeferral, 'availableAt' | 'expiresAt'>,
  ): Promise<NewDeferral> {
    const { retrieval, person, service, availableAt, expiresAt } = kept;
    const id = randomUUID();
    const lookup = lookupBehind(person);
    return {
      id,
      exchangeId,
      consumer: caller.participant.id,
      retrieval: retrieval.retrievalId,
      register: retrieval.register.id,
      evidenceType: retrieval.evidenceType.id,
      subjectRole: retrieval.subjectRole,
      triggers: [retrieval.trigger.id, ...(lookup === undefined ? [] : [lookup.trigger])],
      plan: await this.seals.close('plan', id, {
        ...{ participant: caller.participant, purpose, service, retrieval, person },
      }),
      availableAt,
      dueAt: Math.max(availableAt, this.clock.now() + FIRST_LOOK_MS),
      expiresAt,
    };
  }
}

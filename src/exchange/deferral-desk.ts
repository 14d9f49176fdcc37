import { randomUUID } from 'node:crypto';
import type { OnlineService } from '../catalogue/catalogue.js';
import type { EvidenceInspector } from '../evidence/evidence-inspector.js';
import type { Clock } from '../platform/clock.js';
import type { DeferralSeals, DeferredPlan } from './deferral-seals.js';
import type { DeferralStore, NewDeferral } from './deferral-store.js';
import { type ExchangeContext, type NotDelivered, wantsPreview } from './exchange.js';
import type { Fetched } from './fetched.js';
import { lookupBehind } from './resolved-subject.js';

/** The log has taken the outcome by then, or it is looked at once more: nothing is asked before. */
const FIRST_LOOK_MS = 5000;

/** What is kept open, and what the answer says about it. */
export type KeptOpen = Readonly<{ fetched: Fetched; ids: readonly string[] }>;

/** Keeps a decision open for the exchange in which a register answered "later", and for nothing else. */
export class DeferralDesk {
  constructor(
    private readonly store: DeferralStore,
    private readonly seals: DeferralSeals,
    private readonly inspector: EvidenceInspector,
    private readonly clock: Clock,
    /** Longest time that a decision is kept open, milliseconds. */
    private readonly horizonMs: number,
  ) {}

  /**
   * Sealed first and logged then, as what is held: whatever comes in between, what the log does not bear out counts for
   * nothing. Not kept: what is announced for beyond the horizon, what the person wants to see before it is used, and what only its
   * consumer could open, within minutes of its making.
   */
  async keep(context: ExchangeContext, fetched: Fetched, service: OnlineService | undefined): Promise<KeptOpen> {
    if (!this.inspector.opensFor(context.caller.participant.id)) return { fetched, ids: [] };
    const expiresAt = this.clock.now() + this.horizonMs;
    const made = await Promise.all(
      fetched.closings.flatMap((closing) => {
        const { retrieval, person } = closing;
        const item = fetched.notDelivered.find((it) => it.ofRetrieval === retrieval.retrievalId);
        if (closing.outcome !== 'deferred' || person === undefined || wantsPreview(retrieval)) return [];
        if (item?.availableAt === undefined || item.availableAt >= expiresAt) return [];
        return [this.make(context, { retrieval, person, service, availableAt: item.availableAt, expiresAt })];
      }),
    );
    if (made.length === 0) return { fetched, ids: [] };
    await this.store.put(made);
    const kept = new Set<string | undefined>(made.map(({ retrieval }) => retrieval));
    const isKept = ({ state, ofRetrieval }: NotDelivered) => state === 'deferred' && kept.has(ofRetrieval);
    return {
      ids: made.map(({ id }) => id),
      fetched: {
        ...fetched,
        notDelivered: fetched.notDelivered.map((it) => (isKept(it) ? { ...it, keptUntil: expiresAt } : it)),
      },
    };
  }

  /** The exchange ended otherwise: nobody was told that it is kept open. */
  async forget({ ids }: KeptOpen): Promise<void> {
    if (ids.length > 0) await this.store.destroy(ids);
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

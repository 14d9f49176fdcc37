import { deserialize, serialize } from 'node:v8';
import type { AuditReceipt } from '../audit/log-store.js';
import { ASSURANCES, type Assurance, type OnlineService } from '../catalogue/catalogue.js';
import { EvidenceInspector } from '../evidence/evidence-inspector.js';
import { Clock } from '../platform/clock.js';
import { refusal } from '../platform/fault.js';
import { Seal } from '../platform/secrets.js';
import type { OwnStatement } from '../tokens/own-statement.js';
import type { ReleaseDecision } from '../tokens/release-attestation.js';
import {
  type Delivered,
  type ExchangeContext,
  isReadable,
  type NotDelivered,
  type PlannedRetrieval,
  type Readable,
} from './exchange.js';
import type { Fetched } from './fetched.js';
import { HeldStore, type SealedExchange } from './held-store.js';
import { ExchangeJournal } from './journal.js';
import { type Closing, withoutEvidence } from './journal-entries.js';
import { notDelivered } from './not-delivered.js';
import { lookupBehind } from './resolved-subject.js';

/** What waits for the person's decision. Mapping and texts stay those the exchange began with. */
export type HeldExchange = Readonly<{
  exchangeId: string;
  consumer: string;
  purpose: ExchangeContext['purpose'];
  service: OnlineService | undefined;
  delivered: readonly (Readable & Readonly<{ closing: Closing }>)[];
  /** Once the person decided at the pages: what they refused, of which nothing is left but how its retrieval ends. */
  withheld?: readonly Closing[];
  notDelivered: readonly NotDelivered[];
  expiresAt: number;
}>;

export type HeldPiece = HeldExchange['delivered'][number];

/** Of all that was held, whatever the person decided on it. */
export function retrievalsOf({ delivered, withheld = [] }: HeldExchange): readonly PlannedRetrieval[] {
  return [...delivered, ...withheld].map(({ retrieval }) => retrieval);
}

/** The decisions a held piece rests on: its own and that of the lookup of its person. */
export function triggersBehind({ retrieval, closing }: HeldPiece): readonly string[] {
  const lookup = lookupBehind(closing.person);
  return [retrieval.trigger.id, ...(lookup === undefined ? [] : [lookup.trigger])];
}

/** What of a piece the person is shown, in the order of the catalogue. */
export function shownAttributes({ retrieval, evidence }: HeldPiece) {
  return retrieval.evidenceType.attributes.flatMap(({ id, title }) => {
    const value = evidence.attributes[id];
    return value === undefined || value === null ? [] : [{ id, title, value }];
  });
}

/** What the person decided at the pages, with what they state themself. */
export type PersonsRelease = Readonly<{ attestation: string; statements: readonly OwnStatement[] }>;

/** `attestedAt`: when it was taken over, in milliseconds since 1970. */
type TakenOver = Pick<PersonsRelease, 'statements'> & Readonly<{ attestedAt: number }>;

/** Step 9: holds an exchange, sealed, until its preview is decided; destroyed on decision, withdrawal or expiry. */
export class EvidenceHold {
  constructor(
    private readonly held: HeldStore,
    private readonly journal: ExchangeJournal,
    private readonly seal: Seal,
    private readonly inspector: EvidenceInspector,
    private readonly clock: Clock,
    /** At most 60 minutes (design 3). */
    private readonly lifetimeMs: number,
  ) {}

  /**
   * Seals the exchange first and logs it then: whatever comes in between, nothing is held without an entry for long, and a
   * withdrawal finds what it must destroy.
   * @throws EffectRefused where a trigger was withdrawn meanwhile or a retrieval is closed already
   */
  async hold(
    context: ExchangeContext,
    fetched: Fetched,
    service: OnlineService | undefined,
  ): Promise<Readonly<{ notDelivered: readonly NotDelivered[]; receipt: AuditReceipt }>> {
    const { delivered, closings } = fetched;
    const held = closings.filter(({ released }) => released !== undefined);
    const ended = closings.filter(({ released }) => released === undefined);
    const waiting: HeldExchange = {
      exchangeId: context.exchangeId,
      consumer: context.caller.participant.id,
      purpose: context.purpose,
      service,
      delivered: delivered.filter(isReadable).flatMap((item) => {
        const closing = held.find(({ retrieval }) => retrieval === item.retrieval);
        return closing === undefined ? [] : [{ ...item, closing }];
      }),
      notDelivered: fetched.notDelivered,
      expiresAt: this.clock.now() + this.lifetimeMs,
    };
    await this.put(waiting);
    try {
      const receipt = await this.journal.held(context, held, ended);
      return { notDelivered: [...fetched.notDelivered, ...delivered.map(asWaiting)], receipt };
    } catch (error) {
      await this.destroy(waiting);
      throw error;
    }
  }

  /**
   * @throws Fault NOT_FOUND, also for another consumer's, a released and an expired one; CONSUMER_HOLDS_KEY, for whom nothing
   * is held
   */
  async find(exchangeId: string, consumer: string): Promise<HeldExchange> {
    if (!this.inspector.opensFor(consumer)) throw refusal('CONSUMER_HOLDS_KEY');
    const sealed = await this.held.find(exchangeId, consumer);
    const held = sealed === undefined ? undefined : this.open(sealed, exchangeId, consumer);
    if (held === undefined) throw refusal('NOT_FOUND');
    return held;
  }

  /**
   * Puts the person's decision beside what is held, sealed as that is. In the same step what they refused is destroyed (EGovG § 5 Abs. 5).
   * @returns what is left, to be settled; undefined where they decided before
   */
  async attest(
    held: HeldExchange,
    { attestation, statements }: PersonsRelease,
    decisions: readonly ReleaseDecision[],
  ): Promise<HeldExchange | undefined> {
    const { exchangeId, consumer } = held;
    const refused = new Set(decisions.filter(({ decision }) => decision === 'REFUSE').map(({ held_id }) => held_id));
    const isRefused = ({ retrieval }: HeldPiece) => refused.has(retrieval.retrievalId);
    const decided: HeldExchange = {
      ...held,
      delivered: held.delivered.filter((it) => !isRefused(it)),
      withheld: held.delivered.filter(isRefused).map(({ closing }) => withheldBy(closing)),
    };
    const taken: TakenOver = { statements, attestedAt: this.clock.now() };
    const isFirst = await this.held.attest(exchangeId, {
      attestation,
      statements: this.seal.close(serialize(taken), statementsContext(exchangeId, consumer)),
      ...this.sealed(decided),
      withheld: decided.withheld?.map(({ retrieval }) => retrieval.retrievalId) ?? [],
    });
    return isFirst ? decided : undefined;
  }

  /** What the person refused gets its outcome, and where nothing else is left the exchange, once. @throws Fault AUDIT_LOG_UNAVAILABLE */
  async settle({
    exchangeId,
    consumer,
    purpose,
    delivered,
    withheld = [],
    notDelivered: other,
  }: HeldExchange): Promise<void> {
    const isDeferred = other.some(({ state }) => state === 'deferred');
    const summary = delivered.length > 0 ? undefined : ({ outcome: isDeferred ? 'deferred' : 'refused' } as const);
    await this.journal.withheld({ exchangeId, caller: { participant: { id: consumer } }, purpose }, withheld, summary);
  }

  /** What was decided and not settled, as where a node died in between, is settled; then all whose time is over is destroyed. */
  async destroyExpired(): Promise<void> {
    const failed: unknown[] = [];
    try {
      // Each by itself: one that cannot be settled now must not leave the others to the end of their time.
      for (const { exchangeId, consumer, sealed } of await this.held.unsettled()) {
        const held = this.open(sealed, exchangeId, consumer);
        if (held !== undefined) await this.settle(held).catch((error: unknown) => failed.push(error));
      }
    } finally {
      await this.held.destroyExpired();
    }
    if (failed.length > 0) throw new AggregateError(failed, 'refused pieces not settled');
  }

  /** What the person decided at the pages. @throws Fault NOT_FOUND as above; PREVIEW_REQUIRED where they have not yet */
  async attested(exchangeId: string, consumer: string): Promise<PersonsRelease & TakenOver> {
    const attested = await this.held.attested(exchangeId, consumer);
    if (attested === undefined) {
      await this.find(exchangeId, consumer);
      throw refusal('PREVIEW_REQUIRED');
    }
    const bytes = this.seal.open(attested.statements, statementsContext(exchangeId, consumer));
    if (bytes === undefined) throw refusal('NOT_FOUND');
    return { attestation: attested.attestation, ...(deserialize(bytes) as TakenOver) };
  }

  /**
   * For pages: an exchange on decisions that this very person made there.
   * @throws Fault NOT_FOUND for everything else; ASSURANCE_TOO_LOW where they decided at a higher level than they are signed in at
   */
  async findOf(
    exchangeId: string,
    pages: string,
    { idnr, assurance }: Readonly<{ idnr: string; assurance: Assurance }>,
  ): Promise<HeldExchange> {
    const consumer = await this.held.consumerOf(exchangeId);
    if (consumer === undefined) throw refusal('NOT_FOUND');
    const held = await this.find(exchangeId, consumer);
    const triggers = retrievalsOf(held).map(({ trigger }) => trigger);
    const isTheirs = triggers.every((it) => it.deciderIdnr === idnr && it.decision.attester === pages);
    if (!isTheirs || triggers.length === 0) throw refusal('NOT_FOUND');
    const isEnough = triggers.every(
      ({ decision }) => ASSURANCES.indexOf(assurance) >= ASSURANCES.indexOf(decision.assurance),
    );
    if (!isEnough) throw refusal('ASSURANCE_TOO_LOW');
    return held;
  }

  async destroy({ exchangeId }: HeldExchange): Promise<void> {
    await this.held.destroy(exchangeId);
  }

  private async put(waiting: HeldExchange): Promise<void> {
    const { exchangeId, consumer, expiresAt } = waiting;
    await this.held.put({ exchangeId, consumer, expiresAt, ...this.sealed(waiting) });
  }

  private sealed(held: HeldExchange): Pick<SealedExchange, 'sealed' | 'triggers' | 'retrievals'> {
    return {
      sealed: this.seal.close(serialize(held), sealContext(held.exchangeId, held.consumer)),
      triggers: held.delivered.flatMap(triggersBehind),
      retrievals: held.delivered.map(({ retrieval }) => retrieval.retrievalId),
    };
  }

  private open(sealed: string, exchangeId: string, consumer: string): HeldExchange | undefined {
    const bytes = this.seal.open(sealed, sealContext(exchangeId, consumer));
    // Authenticated by the seal: only this node's own writing comes out of it.
    return bytes === undefined ? undefined : (deserialize(bytes) as HeldExchange);
  }
}

/** How what the person refused ends. */
export function withheldBy(closing: Closing): Closing {
  const reason = 'WITHHELD_BY_APPLICANT';
  return withoutEvidence(closing, { wasHeld: true, outcome: 'withheld_by_applicant', reason });
}

function asWaiting({ retrieval }: Delivered): NotDelivered {
  const { evidenceType, subjectRole, retrievalId } = retrieval;
  const item = notDelivered({ evidenceType: evidenceType.id, subjectRole }, 'PREVIEW_REQUIRED', 'preview_required');
  return { ...item, heldId: retrievalId };
}

function statementsContext(exchangeId: string, consumer: string): string {
  return `own-statements/v2 ${consumer} ${exchangeId}`;
}

function sealContext(exchangeId: string, consumer: string): string {
  return `held/v1 ${consumer} ${exchangeId}`;
}

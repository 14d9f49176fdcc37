import { type Effect, EffectRefused } from '../audit/effect.js';
import { logFault } from '../audit/log-fault.js';
import { type AuditReceipt, LogStore, type NewEntry } from '../audit/log-store.js';
import type { Outcome, PersonRef, ProtectedPart, RegisterStatement } from '../audit/record.js';
import type { ResolvedPerson } from '../identity/subject-token.js';
import { outage, refusal } from '../platform/fault.js';
import type { Reason } from '../platform/reasons.js';
import { canonicalDigest } from '../tokens/digest.js';
import { type ExchangeContext, type PlannedRetrieval, wantsPreview } from './exchange.js';

/** Slack after the deadline until a sweeper may call a retrieval's outcome unknown. */
const EXPIRY_SLACK_MS = 60_000;
/** What may be held for a preview stays open that much longer. */
const PREVIEW_MS = 3_600_000;

export type Closing = Readonly<{
  retrieval: PlannedRetrieval;
  outcome: Outcome;
  reason?: Reason;
  /** The true cause; protected. */
  cause?: string;
  /** What the register answered; protected. */
  statement: RegisterStatement;
  /** Its answer is in the log already, as held. */
  wasHeld?: true;
  person?: ResolvedPerson;
  /** Compact SD-JWT about to be released. */
  released?: string;
  /** Names of released attributes; protected. */
  attributes?: readonly string[];
  /** Surplus attributes a register sent: an incident of its own. */
  surplus?: readonly string[];
}>;

/** Writes an exchange into the log, in pairs of opened and closed. It decides nothing; what cannot be written stops the exchange. */
export class ExchangeJournal {
  constructor(private readonly log: LogStore) {}

  /** "Opened" for each retrieval or lookup, with the single use of its trigger, durable when this returns. */
  opened(
    event: 'identity.opened' | 'retrieval.opened',
    context: ExchangeContext,
    retrievals: readonly PlannedRetrieval[],
    persons: ReadonlyMap<string, ResolvedPerson>,
  ): Promise<AuditReceipt[]> {
    // An exchange is held as a whole: if one piece waits for its preview, all stay open that long.
    const isHeld = retrievals.some(wantsPreview);
    return this.append(
      retrievals.map((retrieval) => {
        const person = persons.get(retrieval.subjectRole);
        return {
          caller: { event, ...clear(context, retrieval) },
          protected: {
            attributes: retrieval.fields,
            rule_ids: retrieval.permission.ruleIds,
            register_refs: { [retrieval.register.id]: retrieval.registerRef },
            ...subjectsOf(person),
          },
          persons: indexed(retrieval, person),
          effects: [...opening(context, retrieval, isHeld), ...lookupInForce(person)],
        };
      }),
    ).catch((error: unknown) => Promise.reject(asRefusal(error)));
  }

  /** Closes a lookup. Its caller-visible half is the same whether somebody was found or not (IDNrG § 6 Abs. 5). */
  async identityClosed(
    context: ExchangeContext,
    lookup: PlannedRetrieval,
    ending: Readonly<{ cause: string; statement: RegisterStatement; person?: ResolvedPerson; outage?: Reason }>,
  ): Promise<void> {
    const { cause, statement, person, outage } = ending;
    await this.append([
      {
        caller: {
          event: 'identity.closed',
          ...clear(context, lookup),
          ...(outage === undefined ? {} : { outcome: 'failed', reason: outage }),
        },
        protected: { cause, ...statement, ...subjectsOf(person) },
        persons: indexed(lookup, person),
        effects: [{ kind: 'close-retrieval', retrieval: lookup.retrievalId }],
      },
    ]);
  }

  /**
   * "Closed" for each retrieval, incidents, and the summary of the exchange, in one append: all or none.
   * @throws EffectRefused where a trigger was withdrawn meanwhile or a retrieval is closed already
   */
  async closed(
    context: ExchangeContext,
    closings: readonly Closing[],
    summary: Readonly<{ outcome: Outcome; releaseDigest?: string; reason?: Reason }>,
  ): Promise<Readonly<{ retrievals: ReadonlyMap<string, AuditReceipt>; summary: AuditReceipt }>> {
    const receipts = await this.append([
      ...closings.map((closing) => closedEntry(context, closing)),
      ...closings.flatMap((closing) => incidentEntry(context, closing)),
      {
        caller: {
          event: 'exchange.closed',
          consumer: context.caller.participant.id,
          exchange_ref: context.exchangeId,
          purpose: context.purpose.id,
          outcome: summary.outcome,
          reason: summary.reason,
          release_digest: summary.releaseDigest,
        },
        protected: {},
        persons: [],
        effects: [],
      },
    ]);
    const last = receipts.at(-1);
    if (last === undefined) throw outage('AUDIT_LOG_UNAVAILABLE');
    const byRetrieval = closings.flatMap(({ retrieval }, position) => {
      const receipt = receipts[position];
      return receipt === undefined ? [] : [[retrieval.retrievalId, receipt] as const];
    });
    return { retrievals: new Map(byRetrieval), summary: last };
  }

  /** "Held" for what waits for a decision and "closed" for the rest, in one append. @throws EffectRefused as `closed` does */
  async held(context: ExchangeContext, held: readonly Closing[], ended: readonly Closing[]): Promise<AuditReceipt> {
    const receipts = await this.append([
      ...ended.map((closing) => closedEntry(context, closing)),
      ...[...held, ...ended].flatMap((closing) => incidentEntry(context, closing)),
      ...held.map((closing) => heldEntry(context, closing, 'retrieval.held')),
    ]);
    const last = receipts.at(-1);
    if (last === undefined) throw outage('AUDIT_LOG_UNAVAILABLE');
    return last;
  }

  /** The person looks at what is held. */
  async shown(context: ExchangeContext, held: readonly Closing[]): Promise<void> {
    const entries = held.map((closing) => heldEntry(context, closing, 'preview.shown'));
    await this.append(entries).catch((error: unknown) => Promise.reject(asRefusal(error)));
  }

  /**
   * The same entries in the same order and in the same appends as for a person without a record, where nobody may be
   * asked at all: the log of the caller looks the same (IDNrG § 6 Abs. 5).
   */
  async neutral(
    context: ExchangeContext,
    lookups: readonly PlannedRetrieval[],
    retrievals: readonly PlannedRetrieval[],
    cause: string,
  ): Promise<void> {
    const nobody = new Map<string, ResolvedPerson>();
    const statement = { answered: 'not_asked' } as const;
    for (const lookup of lookups) {
      await this.opened('identity.opened', context, [lookup], nobody);
      await this.identityClosed(context, lookup, { cause, statement });
    }
    await this.opened('retrieval.opened', context, retrievals, nobody);
    const reason = 'SUBJECT_NOT_AVAILABLE';
    await this.closed(
      context,
      retrievals.map((retrieval) => ({ retrieval, outcome: 'refused', reason, cause, statement })),
      { outcome: 'refused', reason },
    );
  }

  /**
   * A register answered when its retrieval had been given up: that it did, and what kind of answer it was, not what it
   * said. The caller's half is the same for every kind (IDNrG § 6 Abs. 5).
   */
  async late(
    context: ExchangeContext,
    retrieval: PlannedRetrieval,
    statement: RegisterStatement,
    person: ResolvedPerson | undefined,
  ): Promise<void> {
    await this.append([
      {
        caller: { event: 'retrieval.late', ...clear(context, retrieval) },
        protected: { cause: 'NOT_PASSED_ON', ...statement, ...subjectsOf(person) },
        persons: indexed(retrieval, person),
        effects: [],
      },
    ]);
  }

  /** A repeat of an answered request gets the first answer, and an entry of its own. */
  async repeated(context: Pick<ExchangeContext, 'caller' | 'exchangeId'>): Promise<void> {
    await this.append([
      {
        caller: {
          event: 'repeated',
          consumer: context.caller.participant.id,
          exchange_ref: context.exchangeId,
        },
        protected: {},
        persons: [],
        effects: [],
      },
    ]);
  }

  private async append(entries: readonly NewEntry[]): Promise<AuditReceipt[]> {
    try {
      return await this.log.append(entries);
    } catch (error) {
      throw logFault(error);
    }
  }
}

function clear(context: ExchangeContext, retrieval: PlannedRetrieval) {
  return {
    consumer: context.caller.participant.id,
    exchange_ref: context.exchangeId,
    retrieval_ref: retrieval.retrievalId,
    register: retrieval.register.id,
    evidence_type: retrieval.evidenceType.id,
    purpose: context.purpose.id,
    legal_basis: retrieval.legalBasis.id,
    subject_role: retrieval.subjectRole,
    trigger_id: retrieval.trigger.id,
  };
}

/** Two exchanges raced for one decision, or it was withdrawn: the log did not let this one open anything. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof EffectRefused)) return error;
  return refusal(error.reason === 'WITHDRAWN' ? 'TRIGGER_WITHDRAWN' : 'TRIGGER_USED');
}

/** What is asked or passed on about a person rests on the lookup of that person, and ends with its withdrawal. */
function lookupInForce(person: ResolvedPerson | undefined): readonly Effect[] {
  return person === undefined ? [] : [{ kind: 'trigger-in-force', ...person.lookup }];
}

function opening(context: ExchangeContext, retrieval: PlannedRetrieval, isHeld: boolean): readonly Effect[] {
  return [
    {
      kind: 'open-retrieval',
      retrieval: retrieval.retrievalId,
      expiresAt: new Date(context.deadline + EXPIRY_SLACK_MS + (isHeld ? PREVIEW_MS : 0)),
    },
    { kind: 'use-trigger', trigger: retrieval.trigger.id, by: retrieval.retrievalId },
  ];
}

function closedEntry(context: ExchangeContext, closing: Closing): NewEntry {
  const { retrieval, outcome, reason, released, cause, statement, person, attributes } = closing;
  const isReleased = released !== undefined;
  return {
    caller: {
      event: 'retrieval.closed',
      ...clear(context, retrieval),
      outcome,
      reason,
      release_digest: isReleased ? canonicalDigest(released) : undefined,
    },
    protected: {
      ...(cause === undefined ? {} : { cause }),
      ...statement,
      ...(attributes === undefined ? {} : { attributes }),
      ...subjectsOf(person),
    },
    persons: indexed(retrieval, person),
    effects: [
      // A withdrawal that came in between wins: nothing is released after it.
      ...(isReleased
        ? [
            { kind: 'trigger-in-force', trigger: retrieval.trigger.id, by: retrieval.retrievalId } as const,
            ...lookupInForce(person),
          ]
        : []),
      { kind: 'close-retrieval', retrieval: retrieval.retrievalId },
    ],
  };
}

function heldEntry(
  context: ExchangeContext,
  { retrieval, statement, person, attributes }: Closing,
  event: 'retrieval.held' | 'preview.shown',
): NewEntry {
  return {
    caller: { event, ...clear(context, retrieval), ...(event === 'retrieval.held' ? { outcome: 'held' } : {}) },
    protected: { ...statement, ...(attributes === undefined ? {} : { attributes }), ...subjectsOf(person) },
    persons: indexed(retrieval, person),
    effects: [
      { kind: 'trigger-in-force', trigger: retrieval.trigger.id, by: retrieval.retrievalId },
      ...lookupInForce(person),
    ],
  };
}

function incidentEntry(context: ExchangeContext, { retrieval, surplus, person }: Closing): NewEntry[] {
  if (surplus === undefined || surplus.length === 0) return [];
  return [
    {
      caller: { event: 'incident', ...clear(context, retrieval), reason: 'EVIDENCE_INVALID' },
      protected: { cause: 'SURPLUS_FIELDS', attributes: surplus, ...subjectsOf(person) },
      persons: indexed(retrieval, person),
      effects: [],
    },
  ];
}

function subjectsOf(person: ResolvedPerson | undefined): Pick<ProtectedPart, 'subjects'> {
  return person === undefined ? {} : { subjects: [{ role: person.role, person: byIdnr(person) }] };
}

function byIdnr(person: ResolvedPerson): PersonRef {
  return { kind: 'idnr', idnr: person.idnr };
}

function indexed(retrieval: PlannedRetrieval, person: ResolvedPerson | undefined): NewEntry['persons'] {
  const { attester, decider } = retrieval.trigger.decision;
  const deciding = decidingIdnr(retrieval, person);
  return [
    ...(person === undefined ? [] : [{ person: byIdnr(person), as: 'subject' as const }]),
    { person: { kind: 'pseudonym', issuer: attester, value: decider }, as: 'decider' as const },
    // A pseudonym is of no use to the person themself: where the number is known, they find what they decided by it.
    ...(deciding === null ? [] : [{ person: { kind: 'idnr', idnr: deciding } as const, as: 'decider' as const }]),
  ];
}

function decidingIdnr(retrieval: PlannedRetrieval, person: ResolvedPerson | undefined): string | null {
  const { acting } = retrieval.trigger.decision;
  if (person === undefined || acting === 'AUTHORITY') return null;
  return acting === 'SELF' ? person.idnr : person.representative;
}

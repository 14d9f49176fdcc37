import type { Effect } from '../audit/effect.js';
import type { NewEntry } from '../audit/log-store.js';
import { type Outcome, type ProtectedPart, type RegisterStatement, toldLater } from '../audit/record.js';
import type { Purpose } from '../catalogue/catalogue.js';
import type { Reason } from '../platform/reasons.js';
import { representationOf } from '../tokens/attestation.js';
import { canonicalDigest } from '../tokens/digest.js';
import { type ExchangeContext, type PlannedRetrieval, userOf } from './exchange.js';
import { decidingIdnr, lookupBehind, personRefOf, type ResolvedSubject } from './resolved-subject.js';

/** Slack after the deadline until a sweeper may call a retrieval's outcome unknown. */
export const EXPIRY_SLACK_MS = 60_000;
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
  person?: ResolvedSubject;
  /** Compact SD-JWT about to be released; of a consumer that keeps its key the compact JWE. */
  released?: string;
  /** RFC 7638, of the key that signed it; absent where nobody here could read it. */
  keyThumbprint?: string;
  /** Names of released attributes; protected. */
  attributes?: readonly string[];
  /** How much of it the person contradicts by statements of their own; protected, and nothing of what they say. */
  ownStatements?: number;
  /** What must not happen in what a register sent: an entry of its own. */
  incident?: EvidenceIncident;
}>;

/** True cause, and names of the attributes that it concerns; both protected. */
export type EvidenceIncident = Readonly<{ cause: string; attributes: readonly string[] }>;

/** How an exchange ended. */
export type ExchangeEnding = Readonly<{
  outcome: Outcome;
  releaseDigest?: string;
  reason?: Reason;
  restsOn?: readonly Effect[];
}>;

/** How a lookup ended. */
export type LookupEnding = Readonly<{
  lookup: PlannedRetrieval;
  /** The true cause, and what the directory answered; protected. */
  cause: string;
  statement: RegisterStatement;
  person?: ResolvedSubject;
  /** Why it brought no answer at all. */
  outage?: Reason;
}>;

/** What entries say of the exchange that they are about. */
export type LoggedExchange = Readonly<{
  exchangeId: string;
  caller: Readonly<{ participant: Readonly<{ id: string }> }>;
  purpose: Pick<Purpose, 'id' | 'retention'>;
}>;

export function clear(context: LoggedExchange, retrieval: PlannedRetrieval) {
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

/** What is asked or passed on about a person rests on the lookup of that person, and ends with its withdrawal. */
export function lookupInForce(person: ResolvedSubject | undefined): readonly Effect[] {
  const lookup = lookupBehind(person);
  return lookup === undefined ? [] : [{ kind: 'trigger-in-force', ...lookup }];
}

/** The decisions behind a retrieval and behind the lookup of its person: a withdrawal that came in between wins. */
export function decisionsInForce(retrieval: PlannedRetrieval, person: ResolvedSubject | undefined): readonly Effect[] {
  return [{ kind: 'trigger-in-force', trigger: retrieval.trigger.id, by: userOf(retrieval) }, ...lookupInForce(person)];
}

export function opening(context: ExchangeContext, retrieval: PlannedRetrieval, isHeld: boolean): readonly Effect[] {
  return [
    {
      kind: 'open-retrieval',
      retrieval: retrieval.retrievalId,
      expiresAt: new Date(context.deadline + EXPIRY_SLACK_MS + (isHeld ? PREVIEW_MS : 0)),
    },
    { kind: 'use-trigger', trigger: retrieval.trigger.id, by: retrieval.retrievalId },
  ];
}

/** What "opened" protects: what a register is asked for, and about whom. */
export function askedFor(retrieval: PlannedRetrieval, person: ResolvedSubject | undefined) {
  return {
    attributes: retrieval.fields,
    rule_ids: retrieval.permission.ruleIds,
    register_refs: { [retrieval.register.id]: retrieval.registerRef },
    ...representedBy(retrieval),
    ...subjectsOf(person),
  };
}

/** A further retrieval by a decision that is kept open: whoever withdrew it meanwhile is not asked about any more. */
export function resumedEntry(
  context: ExchangeContext,
  retrieval: PlannedRetrieval,
  person: ResolvedSubject,
  { expiresAt, isAsked }: Readonly<{ expiresAt: number; isAsked: boolean }>,
): NewEntry {
  return {
    caller: { event: 'retrieval.resumed', ...clear(context, retrieval) },
    protected: askedFor(retrieval, person),
    persons: indexed(retrieval, person),
    effects: [
      { kind: 'open-retrieval', retrieval: retrieval.retrievalId, expiresAt: new Date(expiresAt) },
      ...(isAsked ? decisionsInForce(retrieval, person) : []),
    ],
  };
}

/** How a retrieval ends of which nothing is released, whatever it brought. */
export function withoutEvidence(
  { retrieval, statement, person, incident }: Closing,
  ending: Pick<Closing, 'outcome' | 'reason' | 'cause' | 'wasHeld'>,
): Closing {
  return { retrieval, statement, ...ending, ...(person && { person }), ...(incident && { incident }) };
}

/** What is released, and what is kept open for later: each rests on decisions that are in force. */
export function restsOnDecisions({ released, outcome }: Closing): boolean {
  return released !== undefined || outcome === 'deferred';
}

/** Ends the exchange. */
export function exchangeClosedEntry(
  { exchangeId, caller, purpose }: LoggedExchange,
  { outcome, reason, releaseDigest, restsOn }: ExchangeEnding,
): NewEntry {
  return {
    caller: {
      event: 'exchange.closed',
      consumer: caller.participant.id,
      exchange_ref: exchangeId,
      purpose: purpose.id,
      outcome,
      reason,
      release_digest: releaseDigest,
    },
    protected: {},
    persons: [],
    effects: restsOn ?? [],
  };
}

export function closedEntry(context: LoggedExchange, closing: Closing): NewEntry {
  const { retrieval, outcome, reason, released, keyThumbprint, cause, statement, person, attributes } = closing;
  const { ownStatements } = closing;
  const isReleased = released !== undefined;
  return {
    caller: {
      event: 'retrieval.closed',
      ...clear(context, retrieval),
      outcome,
      reason,
      release_digest: isReleased ? canonicalDigest(released) : undefined,
      key_thumbprint: isReleased ? keyThumbprint : undefined,
    },
    protected: {
      ...(cause === undefined ? {} : { cause }),
      ...statement,
      ...(attributes === undefined ? {} : { attributes }),
      ...(ownStatements === undefined ? {} : { own_statements: ownStatements }),
      ...subjectsOf(person),
    },
    persons: indexed(retrieval, person),
    effects: [
      // A withdrawal that came in between wins: nothing is released or kept open after it.
      ...(restsOnDecisions(closing) ? decisionsInForce(retrieval, person) : []),
      { kind: 'close-retrieval', retrieval: retrieval.retrievalId },
    ],
  };
}

/** Its caller-visible half is the same whether somebody was found or not (IDNrG § 6 Abs. 5). */
export function lookupClosedEntry(context: ExchangeContext, ending: LookupEnding): NewEntry {
  const { lookup, cause, statement, person, outage } = ending;
  return {
    caller: {
      event: 'identity.closed',
      ...clear(context, lookup),
      ...(outage === undefined ? {} : { outcome: 'failed', reason: outage }),
    },
    protected: { cause, ...statement, ...subjectsOf(person), ...toldLater(lookup.trigger.decision) },
    persons: indexed(lookup, person),
    effects: [{ kind: 'close-retrieval', retrieval: lookup.retrievalId }],
  };
}

export function heldEntry(
  context: ExchangeContext,
  { retrieval, statement, person, attributes }: Closing,
  event: 'retrieval.held' | 'preview.shown',
): NewEntry {
  return {
    caller: { event, ...clear(context, retrieval), ...(event === 'retrieval.held' ? { outcome: 'held' } : {}) },
    protected: { ...statement, ...(attributes === undefined ? {} : { attributes }), ...subjectsOf(person) },
    persons: indexed(retrieval, person),
    effects: [
      ...decisionsInForce(retrieval, person),
      // What others have closed meanwhile has its outcome, and waits for nobody.
      ...(event === 'retrieval.held' ? [{ kind: 'retrieval-open', retrieval: retrieval.retrievalId } as const] : []),
    ],
  };
}

/** Once per retrieval (GDPR Art. 33): of what was held it was written when it was. */
export function incidentEntry(
  context: ExchangeContext,
  { retrieval, incident, person, wasHeld }: Pick<Closing, 'retrieval' | 'incident' | 'person' | 'wasHeld'>,
): NewEntry[] {
  if (incident === undefined || wasHeld) return [];
  return [
    {
      caller: { event: 'incident', ...clear(context, retrieval), reason: 'EVIDENCE_INVALID' },
      protected: { ...incident, ...subjectsOf(person) },
      persons: indexed(retrieval, person),
      effects: [],
    },
  ];
}

/** The directory confirms it with the lookup; until then it is what the decision says. */
export function representedBy({ trigger: { decision } }: PlannedRetrieval): Pick<ProtectedPart, 'representation'> {
  const by = representationOf(decision);
  return by === undefined ? {} : { representation: { role: decision.decider_role, by } };
}

export function subjectsOf(person: ResolvedSubject | undefined): Pick<ProtectedPart, 'subjects'> {
  const ref = personRefOf(person);
  return person === undefined || ref === undefined ? {} : { subjects: [{ role: person.role, person: ref }] };
}

export function indexed(retrieval: PlannedRetrieval, person: ResolvedSubject | undefined): NewEntry['persons'] {
  const { attester, decider } = retrieval.trigger.decision;
  const deciding = decidingNumber(retrieval, person);
  const ref = personRefOf(person);
  return [
    ...(ref === undefined ? [] : [{ person: ref, as: 'subject' as const }]),
    { person: { kind: 'pseudonym', issuer: attester, value: decider }, as: 'decider' as const },
    // A pseudonym is of no use to the person themself: where the number is known, they find what they decided by it.
    ...(deciding === null ? [] : [{ person: { kind: 'idnr', idnr: deciding } as const, as: 'decider' as const }]),
  ];
}

function decidingNumber(retrieval: PlannedRetrieval, person: ResolvedSubject | undefined): string | null {
  const { acting } = retrieval.trigger.decision;
  return acting === 'AUTHORITY' ? null : decidingIdnr(person, acting);
}

import type { Effect } from '../audit/effect.js';
import type { AuditReceipt } from '../audit/log-store.js';
import type { EvidenceType, LegalBasis, Purpose, Register } from '../catalogue/catalogue.js';
import type { RouteParameters } from '../catalogue/route.js';
import type { Trigger } from '../consent/trigger.js';
import type { SealedEvidence } from '../evidence/evidence-inspector.js';
import type { ResolvedPerson } from '../identity/subject-token.js';
import type { Permission } from '../permission/intermediary.js';
import type { Caller } from '../platform/caller.js';
import type { Reason } from '../platform/reasons.js';
import type { ReleasableEvidence } from '../prefill/form.js';
import type { CompanyKey, CompanyRepresentative } from '../tokens/company-key.js';
import type { PersonKey } from '../tokens/register-request.js';

/** Who asks, until when, and under which identifier the caller will find it in the log. */
export type ExchangeContext = Readonly<{
  exchangeId: string;
  caller: Caller;
  purpose: Purpose;
  /** Milliseconds since the epoch. */
  arrivedAt: number;
  deadline: number;
  /**
   * Of all work: aborts when the caller has hung up, but not before the fixed slot. What a caller cuts short would tell how far it
   * came, and thereby whether somebody was found (IDNrG § 6 Abs. 5).
   */
  signal: AbortSignal;
  /** Aborts at the moment at which the caller hangs up. */
  hungUp: AbortSignal;
}>;

export function isAwaited({ hungUp, deadline }: Pick<ExchangeContext, 'hungUp' | 'deadline'>, nowMs: number): boolean {
  return !hungUp.aborted && deadline > nowMs;
}

/** Somebody of the request: a person looked up already or still to be looked up by a key set, or a company, which needs no lookup. */
export type RequestedSubject =
  | Readonly<{ role: string; kind: 'token'; token: string }>
  | Readonly<{ role: string; kind: 'key'; key: PersonKey }>
  | Readonly<{ role: string; kind: 'company'; company: CompanyKey }>;

/** One piece of evidence that is asked for and for which somebody decided. */
export type RequestedNeed = Readonly<{
  evidenceType: string;
  subjectRole: string;
  /** What the form needs; undefined: whatever rule and trigger allow. */
  fields: readonly string[] | undefined;
  /** Whether each of `fields` must be covered, or the part that is covered suffices. */
  partial: boolean;
  trigger: Trigger;
  where: RouteParameters;
}>;

/** Permitted, triggered, routed: ready to be opened in the log. */
export type PlannedRetrieval = Readonly<{
  /** Under which the caller finds it in the log. */
  retrievalId: string;
  /** Made for this register alone; the log keeps the pair encrypted (design 5: no correlation by machinery). */
  registerRef: string;
  evidenceType: EvidenceType;
  subjectRole: string;
  register: Register;
  legalBasis: LegalBasis;
  /** Sorted. */
  fields: readonly string[];
  permission: Permission;
  trigger: Trigger;
  /** The retrieval that used the trigger, where this one comes after it because its register answered "later". */
  usedBy?: string;
  /** Where it is about a legal person: which, and who decided for it. */
  company?: Readonly<{ key: CompanyKey; representative: CompanyRepresentative | null }>;
}>;

export type PlannedLookup = PlannedRetrieval & Readonly<{ key: PersonKey }>;

export type PreparedExchange = Readonly<{
  lookups: readonly PlannedLookup[];
  /** Persons whose token was opened. */
  known: readonly ResolvedPerson[];
  retrievals: readonly PlannedRetrieval[];
  notDelivered: readonly NotDelivered[];
}>;

/** Of a retrieval, by what it is decided whether it may be made, or given again; it is kept with the answer, and no more than that. */
export type GivenRetrieval = Pick<PlannedRetrieval, 'retrievalId' | 'subjectRole' | 'fields'> &
  Readonly<{
    evidenceType: Pick<EvidenceType, 'id'>;
    register: Pick<Register, 'id'>;
    legalBasis: Pick<LegalBasis, 'id' | 'trigger'>;
    permission: Pick<Permission, 'question' | 'obligations'>;
    trigger: Readonly<{ id: string; decision: Pick<Trigger['decision'], 'attester' | 'assurance'> }>;
  }>;

/** What an answer gave away, and what for: a repeat gives it away again. */
export type RestsOn = Readonly<{ purpose: Pick<Purpose, 'id' | 'hash'>; retrievals: readonly GivenRetrieval[] }>;

export function restsOn({ id, hash }: Purpose, retrievals: readonly PlannedRetrieval[]): RestsOn {
  return { purpose: { id, hash }, retrievals: retrievals.map(givenOf) };
}

function givenOf(retrieval: PlannedRetrieval): GivenRetrieval {
  const { retrievalId, subjectRole, fields, evidenceType, register, legalBasis, permission, trigger } = retrieval;
  const { attester, assurance } = trigger.decision;
  return {
    ...{ retrievalId, subjectRole, fields },
    evidenceType: { id: evidenceType.id },
    register: { id: register.id },
    legalBasis: { id: legalBasis.id, trigger: legalBasis.trigger },
    permission: { question: permission.question, obligations: permission.obligations },
    trigger: { id: trigger.id, decision: { attester, assurance } },
  };
}

/** Triggers of everything that was planned: withdrawing one destroys what rests on it. */
export function triggersOf({ lookups, known, retrievals }: PreparedExchange): readonly string[] {
  return [
    ...[...lookups, ...retrievals].map(({ trigger }) => trigger.id),
    ...known.map(({ lookup }) => lookup.trigger),
  ];
}

/** By which retrieval its trigger was used. */
export function userOf({ retrievalId, usedBy = retrievalId }: PlannedRetrieval): string {
  return usedBy;
}

/** Whether the law grants a preview for it and the person wants it before anything is passed on (EGovG § 5 Abs. 5). */
export function wantsPreview({ legalBasis, trigger }: PlannedRetrieval): boolean {
  return legalBasis.preview && trigger.decision.preview === 'WANTED';
}

export type NotDeliveredState = 'deferred' | 'preview_required' | 'refused' | 'failed';

/** One piece of evidence that was asked for and is not in the answer. Holds nothing of the person. */
export type NotDelivered = Readonly<{
  evidence_type: string;
  subject_role: string;
  /** The retrieval that did not bring it, where one was planned: two may be of one type and role. Stays in this node. */
  ofRetrieval?: string;
  state: NotDeliveredState;
  reason: Reason;
  detail: string;
  /** Milliseconds since the epoch. */
  availableAt?: number;
  /** Until when it is kept open, milliseconds since the epoch; only of what is deferred. */
  keptUntil?: number;
  /** Rules that made the refusal. */
  ruleIds?: readonly string[];
  heldId?: string;
}>;

export type Delivered = Readonly<{
  retrieval: PlannedRetrieval;
  /** What a consumer that keeps its key gets, nobody here can read. */
  evidence: ReleasableEvidence | SealedEvidence;
  /** Of its "closed", where it was released already: by itself, before the others. */
  receipt?: AuditReceipt;
  /** Where it was released already: what must be in force for it to be sent once more. */
  restsOn?: readonly Effect[];
}>;

export type Readable = Delivered & Readonly<{ evidence: ReleasableEvidence }>;

export function isReadable<D extends Delivered>(delivered: D): delivered is D & Readable {
  return !('jwe' in delivered.evidence);
}

/** As it goes to the consumer, and into the digests of the log. */
export function releasedText({ evidence }: Pick<Delivered, 'evidence'>): string {
  return 'jwe' in evidence ? evidence.jwe : evidence.compact;
}

import type { AuditReceipt } from '../audit/log-store.js';
import type { RegisterStatement } from '../audit/record.js';
import { EvidenceInspector } from '../evidence/evidence-inspector.js';
import { incidentCause } from '../evidence/incident-cause.js';
import { Clock } from '../platform/clock.js';
import { refusal } from '../platform/fault.js';
import { describeError, OperationalLog } from '../platform/operational-log.js';
import type { Reason } from '../platform/reasons.js';
import { type Presented, RegisterPresentation } from '../registers/presentation.js';
import { type RegisterAnswer, type RegisterNotNow, statementOf } from '../registers/register-gateway.js';
import { registerIssuer } from '../tokens/evidence-credential.js';
import type { RetrievalRequest } from '../tokens/register-request.js';
import { unverifiedClaims } from '../tokens/unverified.js';
import { type Ready, RegisterInquiry } from './ask-register.js';
import type { Delivered, ExchangeContext, NotDelivered, PlannedRetrieval, PreparedExchange } from './exchange.js';
import type { ExchangeAdmission } from './exchange-admission.js';
import type { Fetched } from './fetched.js';
import { type Identified, SubjectIdentification } from './identify-subjects.js';
import { ExchangeJournal } from './journal.js';
import type { Closing } from './journal-entries.js';
import { LateAnswers } from './late-answers.js';
import { endingOf, notBrought, refusedByRules, throwCommonReason } from './not-delivered.js';
import { PermissionInForce } from './permission-in-force.js';
import type { ResolvedSubject } from './resolved-subject.js';
import { subjectsOf } from './retrieval-subjects.js';

/** What becomes of each piece when its register has answered, before the others have. */
export type EachPiece = (piece: Fetched) => Promise<Fetched>;

export type Retrieved = Readonly<{ closing: Closing; delivered?: Delivered; missing?: NotDelivered }>;

type Opened = Readonly<{
  ready: readonly Ready[];
  /** Of each that is ready, in their order. */
  receipts: readonly AuditReceipt[];
  notPresented: readonly NotDelivered[];
}>;

export type FetchLimits = Readonly<{
  /** Longest time one register gets, milliseconds. */
  registerTimeoutMs: number;
  /** Kept back from the deadline for verifying, logging and answering, milliseconds. */
  reserveMs: number;
}>;

/** Steps 5 to 8: identify, open in the log, fetch from all registers at once, verify and minimise. */
export class EvidenceFetch {
  constructor(
    private readonly identification: SubjectIdentification,
    private readonly presentation: RegisterPresentation,
    private readonly inForce: PermissionInForce,
    private readonly inquiry: RegisterInquiry,
    private readonly inspector: EvidenceInspector,
    private readonly journal: ExchangeJournal,
    private readonly late: LateAnswers,
    private readonly clock: Clock,
    private readonly limits: FetchLimits,
    private readonly log: OperationalLog,
    private readonly admission: ExchangeAdmission,
  ) {}

  /** Before anybody is asked. @throws Fault CONSUMER_HOLDS_KEY where what comes could not be read here */
  demandReadable({ caller }: ExchangeContext): void {
    if (!this.inspector.opensFor(caller.participant.id)) throw refusal('CONSUMER_HOLDS_KEY');
  }

  /** One path, whether somebody was found or not: of nobody each register's answer is known, and it is not asked. */
  async fetch(
    context: ExchangeContext,
    planned: PreparedExchange,
    each: EachPiece = (piece) => Promise.resolve(piece),
  ): Promise<Fetched> {
    const prepared = await this.inquiry.askable(context, planned);
    const identified = await this.identification.identify(context, prepared);
    const { ready, receipts, notPresented } = await this.identification.concluded(context, identified.ended, () =>
      this.open(context, prepared, identified),
    );
    const pieces = await this.admission.aside(() =>
      Promise.all(
        ready.flatMap((it, position) => {
          const receipt = receipts[position];
          return receipt === undefined ? [] : [this.retrieve(context, it, receipt).then(pieceOf).then(each)];
        }),
      ),
    );
    return {
      delivered: pieces.flatMap(({ delivered }) => delivered),
      notDelivered: [...notPresented, ...pieces.flatMap(({ notDelivered: missing }) => missing)],
      closings: pieces.flatMap(({ closings }) => closings),
    };
  }

  /** Presents each retrieval that may be asked for and opens them in the log, with how the last lookup ended. */
  private async open(context: ExchangeContext, prepared: PreparedExchange, identified: Identified): Promise<Opened> {
    const subjectOfEach = subjectsOf(prepared, identified);
    const made = await this.admission.elsewhere('intermediary', () =>
      Promise.all(subjectOfEach.map(([retrieval, subject]) => this.makeReady(context, retrieval, subject))),
    );
    const ready = made.flatMap((it) => ('presented' in it ? [it] : []));
    const refused = made.flatMap((it) => ('presented' in it ? [] : [it]));
    const notPresented = [...prepared.notDelivered, ...refused];
    if (ready.length === 0) throwCommonReason(notPresented, { nowMs: this.clock.now() });
    const opened = ready.map(({ retrieval }) => retrieval);
    const subjects = new Map<string, ResolvedSubject>(
      ready.map(({ retrieval, person }) => [retrieval.subjectRole, person]),
    );
    const receipts = await this.journal.opened('retrieval.opened', context, opened, subjects, identified.ended);
    return { ready, receipts, notPresented };
  }

  /**
   * Asks once more for what the register announced: entry, fresh permission and trigger token, answer.
   * @param expiresAt see `ExchangeJournal.resumed`
   * @throws Fault where it is not permitted any more or cannot be asked, EffectRefused where it was withdrawn
   */
  async again(
    context: ExchangeContext,
    retrieval: PlannedRetrieval,
    person: ResolvedSubject,
    expiresAt: number,
  ): Promise<Retrieved> {
    this.inForce.demand(context, retrieval);
    const presented = await this.present(context, retrieval, person);
    const receipt = await this.journal.resumed(context, retrieval, person, expiresAt);
    return this.retrieve(context, { retrieval, person, presented }, receipt, true);
  }

  private async makeReady(
    context: ExchangeContext,
    retrieval: PlannedRetrieval,
    person: ResolvedSubject,
  ): Promise<Ready | NotDelivered> {
    try {
      this.inForce.demand(context, retrieval);
      return { retrieval, person, presented: await this.present(context, retrieval, person) };
    } catch (error) {
      // Since the first decision a rule may have changed, or others have used up its limit; nothing is opened yet.
      const need = { evidenceType: retrieval.evidenceType.id, subjectRole: retrieval.subjectRole };
      return refusedByRules(need, error, this.clock.now());
    }
  }

  private present(
    context: ExchangeContext,
    retrieval: PlannedRetrieval,
    subject: ResolvedSubject,
  ): Promise<Presented<RetrievalRequest>> {
    const stated = {
      purpose_hash: context.purpose.hash,
      subject_role: retrieval.subjectRole,
      evidence_type: retrieval.evidenceType.id,
      fields: retrieval.fields,
    };
    const salt = retrieval.trigger.commitmentSalt;
    if ('company' in subject) {
      const representative = retrieval.company?.representative ?? null;
      const company = { key: subject.company, representative, commitment_salt: salt };
      return this.presentation.present<RetrievalRequest>(retrieval, { ...stated, company }, context);
    }
    // Of nobody only the digest leaves the node, and its nonce makes it random for the intermediary.
    const { idnr, birth_date, opening } = 'nobody' in subject ? UNKNOWN : subject;
    const commitment = { salt, family_name: opening.family_name, idnr: opening.idnr };
    const person = { idnr, birth_date, commitment };
    return this.presentation.present<RetrievalRequest>(retrieval, { ...stated, person }, context);
  }

  private async retrieve(
    context: ExchangeContext,
    ready: Ready,
    receipt: AuditReceipt,
    wasAnnounced = false,
  ): Promise<Retrieved> {
    const { retrieval, person } = ready;
    const now = this.clock.now();
    const deadline = Math.min(context.deadline - this.limits.reserveMs, now + this.limits.registerTimeoutMs);
    if ('nobody' in person) return this.ofNobody(ready, person.nobody, { deadline, signal: context.signal });
    const late = this.late.listener(context, retrieval, person);
    let statement: RegisterStatement = { answered: 'none' };
    try {
      const call = { deadline, signal: context.signal, late, wasAnnounced };
      const answer = await this.inquiry.ask(context, ready, receipt, call);
      statement = statementOf(answer);
      return await this.accept(ready, answer, statement);
    } catch (error) {
      // Whatever went wrong here, what was opened gets its outcome.
      this.log.error({ register: retrieval.register.id, ...describeError(error) }, 'retrieval failed');
      return failed(ready, statement, 'REGISTER_UNAVAILABLE', 'FAULT');
    }
  }

  /** A register that turns out to have too much to do is told of nobody, too: else it would tell who was found. */
  private async ofNobody(
    ready: Ready,
    cause: string,
    call: Parameters<RegisterInquiry['turn']>[1],
  ): Promise<Retrieved> {
    const statement = { answered: 'not_asked' } as const;
    const notNow = await this.inquiry.turn(ready, call);
    return notNow === undefined
      ? failed(ready, statement, 'SUBJECT_NOT_AVAILABLE', cause)
      : notAsked(ready, statement, notNow);
  }

  private async accept(ready: Ready, answer: RegisterAnswer, statement: RegisterStatement): Promise<Retrieved> {
    const { id: register } = ready.retrieval.register;
    switch (answer.kind) {
      case 'not-available':
        return failed(ready, statement, 'SUBJECT_NOT_AVAILABLE', 'NO_RECORD_OR_BLOCKED');
      case 'refused':
        return answer.retryDelayMs === undefined
          ? failed(ready, statement, 'REGISTER_REFUSED', answer.reason)
          : limited(ready, statement, this.clock.now() + answer.retryDelayMs);
      case 'unavailable':
        this.log.warn({ register, cause: answer.cause }, 'register does not answer');
        return failed(ready, statement, 'REGISTER_UNAVAILABLE', answer.cause);
      case 'not-asked':
        return notAsked(ready, statement, answer);
      case 'deferred':
        return deferred(ready, statement, answer.availableAt);
      case 'evidence':
        return this.inspector.opensFor(ready.presented.request.consumer)
          ? this.inspect(ready, answer.jwe, statement)
          : this.passOn(ready, answer.jwe, statement);
    }
  }

  /** To a consumer that keeps its key: their library verifies and cuts down what this node cannot read. */
  private passOn(ready: Ready, jwe: string, statement: RegisterStatement): Retrieved {
    const { retrieval, person, presented } = ready;
    const fault = this.inspector.whyNotPassOn(jwe, presented.request.consumer);
    if (fault !== undefined) return failed(ready, statement, 'EVIDENCE_INVALID', fault);
    const { register, evidenceType, subjectRole, fields, trigger } = retrieval;
    const { assurance } = trigger.decision;
    return {
      delivered: {
        retrieval,
        evidence: { evidenceType: evidenceType.id, subjectRole, register: register.id, assurance, jwe },
      },
      // Which of the permitted attributes are in it, the register knows and the consumer will.
      closing: { retrieval, statement, person, outcome: 'released', released: jwe, attributes: fields },
    };
  }

  private async inspect(ready: Ready, jwe: string, statement: RegisterStatement): Promise<Retrieved> {
    const { retrieval, person, presented } = ready;
    const { register, evidenceType, subjectRole, fields, trigger } = retrieval;
    const { request, digest } = presented;
    const { use_days } = retrieval.permission.obligations;
    const inspected = await this.inspector.inspect(
      jwe,
      { register: register.id, participant: register.participant },
      {
        iss: registerIssuer(register.id),
        aud: request.consumer,
        vct: evidenceType.vct,
        evidence_type: evidenceType.id,
        subject_role: subjectRole,
        purpose: request.purpose,
        purpose_hash: request.purpose_hash,
        legal_basis: request.legal_basis,
        retrieval_id: request.retrieval_id,
        request_digest: digest,
        // Issued to us a moment ago over a verified channel; only compared with what the register quotes.
        permission: unverifiedClaims(presented.tokens.permission).jti ?? '',
        trigger: trigger.id,
        assurance: trigger.decision.assurance,
        ...(use_days === undefined ? {} : { use_days }),
      },
      fields,
    );
    if (inspected.kind === 'rejected') {
      const cause = incidentCause(inspected.cause);
      const rejected = failed(ready, statement, 'EVIDENCE_INVALID', inspected.cause);
      // What was in it nobody may believe: what was asked for is what it concerns.
      const incident = cause && { cause, attributes: fields };
      return { ...rejected, closing: { ...rejected.closing, ...(incident && { incident }) } };
    }
    const { evidence, surplus, keyThumbprint } = inspected;
    return {
      delivered: { retrieval, evidence },
      closing: {
        retrieval,
        statement,
        person,
        outcome: 'released',
        released: evidence.compact,
        keyThumbprint,
        attributes: Object.keys(evidence.attributes),
        ...(surplus.length > 0 && { incident: { cause: 'SURPLUS_FIELDS', attributes: surplus } }),
      },
    };
  }
}

const UNKNOWN = { idnr: '', birth_date: '', opening: { family_name: null, idnr: null } } as const;

function pieceOf({ delivered, missing, closing }: Retrieved): Fetched {
  return {
    delivered: delivered === undefined ? [] : [delivered],
    notDelivered: missing === undefined ? [] : [missing],
    closings: [closing],
  };
}

/** No register has a record, or none may say so (IDNrG § 6 Abs. 5). */
export function isNobodyAvailable({ delivered, closings }: Pick<Fetched, 'delivered' | 'closings'>): boolean {
  return (
    delivered.length === 0 && closings.length > 0 && closings.every(({ reason }) => reason === 'SUBJECT_NOT_AVAILABLE')
  );
}

/** Neither a no nor an outage. The decision is used, by this retrieval; whether it is kept open is decided elsewhere. */
function deferred({ retrieval, person }: Ready, statement: RegisterStatement, availableAt: number): Retrieved {
  const reason = 'EVIDENCE_DEFERRED';
  const missing = notBrought(retrieval, reason, 'deferred');
  return {
    missing: { ...missing, availableAt },
    closing: { retrieval, statement, person, outcome: 'deferred', reason },
  };
}

/** The register has had enough of this consumer for now: not down, and worth asking again from then on. */
function limited(ready: Ready, statement: RegisterStatement, availableAt: number): Retrieved {
  const { missing, closing } = failed(ready, statement, 'REGISTER_RATE_LIMITED', 'REGISTER_RATE_LIMITED');
  return { closing, ...(missing && { missing: { ...missing, availableAt } }) };
}

/** It was to be asked, and then had too much to do, or failed for others meanwhile. */
function notAsked(ready: Ready, statement: RegisterStatement, { reason, untilMs }: RegisterNotNow): Retrieved {
  const { missing, closing } = failed(ready, statement, reason, reason);
  return { closing, ...(missing && { missing: { ...missing, availableAt: untilMs } }) };
}

function failed({ retrieval, person }: Ready, statement: RegisterStatement, reason: Reason, cause: string): Retrieved {
  const closing = { retrieval, statement, person, outcome: endingOf(reason), reason, cause };
  return { missing: notBrought(retrieval, reason), closing };
}

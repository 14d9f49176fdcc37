import { status } from '@grpc/grpc-js';
import type { AuditReceipt } from '../audit/log-store.js';
import { fromTimestamp, toTimestamp } from '../platform/clock.js';
import { OF_ONE_RECORD } from '../platform/fault.js';
import { type Outcome, RpcFailure } from '../platform/grpc-client.js';
import { type Patience, patientUnary } from '../platform/patience.js';
import type { Reason } from '../platform/reasons.js';
import type { CompanyReference } from '../platform/rpc-types/einmal/register/v1/CompanyReference.js';
import type { PersonReference } from '../platform/rpc-types/einmal/register/v1/PersonReference.js';
import type { RegisterServiceClient } from '../platform/rpc-types/einmal/register/v1/RegisterService.js';
import type { RetrieveEvidenceRequest } from '../platform/rpc-types/einmal/register/v1/RetrieveEvidenceRequest.js';
import type { RetrieveEvidenceResponse__Output } from '../platform/rpc-types/einmal/register/v1/RetrieveEvidenceResponse.js';
import type { CompanyRetrieval, PersonRetrieval, RetrievalRequest } from '../tokens/register-request.js';
import { type RegisterAnswer, RegisterGateway, statementOf } from './register-gateway.js';

/** Where a register that has enough does not say for how long. */
const DEFAULT_DELAY_MS = 60_000;
/** Of `google.protobuf.Timestamp`. */
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export class GrpcRegisterGateway extends RegisterGateway {
  constructor(
    private readonly clientOf: (register: string) => RegisterServiceClient,
    private readonly patience: Patience,
  ) {
    super();
  }

  override async ask(
    _receipt: AuditReceipt,
    request: RetrievalRequest,
    tokens: Readonly<{ permission: string; trigger: string }>,
    { late, wasAnnounced = false, ...call }: Parameters<RegisterGateway['ask']>[3],
  ): Promise<RegisterAnswer> {
    const hear = (outcome: Outcome<RetrieveEvidenceResponse__Output>) => {
      const statement = statementOf('answer' in outcome ? toAnswer(outcome.answer) : toEnding(outcome.failure));
      if (statement.answered !== 'none') late(statement);
    };
    try {
      const client = this.clientOf(request.register);
      const asked = toWire(request, tokens);
      const answer = await patientUnary<RetrieveEvidenceResponse__Output>(
        (m, o, done) =>
          wasAnnounced
            ? client.RetrieveDeferredEvidence({ request: asked }, m, o, (error, answer) =>
                done(error, answer?.response),
              )
            : client.RetrieveEvidence(asked, m, o, done),
        call,
        this.patience,
        hear,
      );
      return toAnswer(answer);
    } catch (error) {
      return toEnding(error);
    }
  }
}

function toAnswer(answer: RetrieveEvidenceResponse__Output): RegisterAnswer {
  if (answer.evidence_jwe !== undefined) return { kind: 'evidence', jwe: answer.evidence_jwe };
  const availableAt = fromTimestamp(answer.available_time);
  if (availableAt !== undefined && !isMoment(availableAt))
    return { kind: 'unavailable', cause: 'TIME_INVALID', hasAnswered: true };
  if (availableAt !== undefined) return { kind: 'deferred', availableAt };
  return { kind: 'unavailable', cause: 'EMPTY_ANSWER', hasAnswered: true };
}

/** Within what a Timestamp may say, and not before computers. */
function isMoment(ms: number): boolean {
  return ms >= 0 && ms <= LAST_MOMENT;
}

function toEnding(error: unknown): RegisterAnswer {
  if (!(error instanceof RpcFailure)) return { kind: 'unavailable', cause: 'FAULT' };
  if (error.reason === 'SUBJECT_NOT_AVAILABLE') return { kind: 'not-available' };
  // A register that says how much is enough has answered, and is not down.
  if (error.reason === 'REGISTER_RATE_LIMITED')
    return { kind: 'refused', reason: error.reason, retryDelayMs: error.retryDelayMs ?? DEFAULT_DELAY_MS };
  const cause = status[error.code];
  // Our own limit for what is received: a peer that has no room says so with a reason.
  if (error.code === status.RESOURCE_EXHAUSTED && error.reason === undefined)
    return { kind: 'unavailable', cause, hasAnswered: true };
  if (error.reason === 'REGISTER_UNAVAILABLE' && error.metadata.of === OF_ONE_RECORD.of)
    return { kind: 'unavailable', cause: 'RECORD_FAULTY', ofRecord: true };
  if (error.isOutage || error.reason === undefined || error.reason === 'INTERNAL')
    return { kind: 'unavailable', cause, ...(isRepeatable(error) && { repeatable: true as const }) };
  return { kind: 'refused', reason: error.reason };
}

/** An edge says these when nothing left it; without a reason nobody was reached, or the connection broke. */
const GAVE_NOTHING: readonly (Reason | undefined)[] = [
  ...(['REGISTER_UNAVAILABLE', 'AUDIT_LOG_UNAVAILABLE', 'STORE_UNAVAILABLE'] as const),
  undefined,
];

function isRepeatable({ code, reason }: RpcFailure): boolean {
  return code === status.UNAVAILABLE && GAVE_NOTHING.includes(reason);
}

function toWire(
  request: RetrievalRequest,
  tokens: Readonly<{ permission: string; trigger: string }>,
): RetrieveEvidenceRequest {
  const { retrieval_id, register, consumer, evidence_type, purpose, purpose_hash, legal_basis, subject_role } = request;
  const { nonce, issued_at, fields } = request;
  return {
    ...{ retrieval_id, register, consumer, evidence_type, purpose, purpose_hash, legal_basis, subject_role },
    fields: [...fields],
    ...('person' in request ? { person: personToWire(request.person) } : { company: companyToWire(request.company) }),
    nonce: Buffer.from(nonce, 'base64url'),
    issue_time: toTimestamp(issued_at),
    permission_token: tokens.permission,
    trigger_token: tokens.trigger,
  };
}

function personToWire({ idnr, birth_date, commitment }: PersonRetrieval['person']): PersonReference {
  const { salt, family_name, idnr: number } = commitment;
  return {
    idnr,
    birth_date,
    commitment: {
      salt: Buffer.from(salt, 'base64url'),
      ...(family_name === null ? {} : { family_name }),
      ...(number === null ? {} : { idnr: number }),
    },
  };
}

function companyToWire({ key, representative, commitment_salt }: CompanyRetrieval['company']): CompanyReference {
  const { set: _, ...named } = key;
  return {
    ...('kind' in named ? { register_entry: named } : named),
    ...(representative === null ? {} : { representative }),
    commitment_salt: Buffer.from(commitment_salt, 'base64url'),
  };
}

import { status } from '@grpc/grpc-js';
import type { ErrorReason } from './rpc-types/einmal/broker/v1/ErrorReason.js';

type WireReason = Exclude<ErrorReason, number>;
type Strip<T extends string> = T extends `ERROR_REASON_${infer R}` ? Exclude<R, 'UNSPECIFIED'> : never;

/** Every reason of `einmal.broker.v1.ErrorReason`, without its prefix. */
export type Reason = Strip<WireReason>;

export const ERROR_DOMAIN = 'einmal';

/** Invalid: cannot be understood. Refusal: understood, and the answer is no. Outage: somebody cannot answer now. */
export type FaultKind = 'invalid' | 'refusal' | 'outage' | 'bug';

type Row = Readonly<{ kind: FaultKind; code: status; sentence: string }>;

const row = (kind: FaultKind, code: status, sentence: string): Row => ({ kind, code, sentence });

/** The closed list: what each reason means on the wire. The compiler refuses a missing row. */
export const REASONS: Readonly<Record<Reason, Row>> = {
  CALLER_UNKNOWN: row('refusal', status.UNAUTHENTICATED, 'The client certificate belongs to no participant.'),
  ACCESS_TOKEN_INVALID: row('refusal', status.UNAUTHENTICATED, 'The access token is not valid for this call.'),
  REQUEST_MALFORMED: row('invalid', status.INVALID_ARGUMENT, 'The message cannot be decoded.'),
  REQUEST_TOO_LARGE: row('invalid', status.RESOURCE_EXHAUSTED, 'The message is larger than the limit.'),
  REQUEST_INVALID: row('invalid', status.INVALID_ARGUMENT, 'One or more fields are invalid.'),
  REQUEST_ID_REUSED: row('invalid', status.INVALID_ARGUMENT, 'The request_id was used with other content.'),
  REQUEST_IN_PROGRESS: row('outage', status.ABORTED, 'The same request is being answered right now.'),
  DEADLINE_PASSED: row('outage', status.DEADLINE_EXCEEDED, 'The deadline has passed.'),
  CALLER_LEFT: row('outage', status.CANCELLED, 'The caller hung up before its deadline.'),
  PURPOSE_NOT_REGISTERED: row('refusal', status.PERMISSION_DENIED, 'The purpose is not registered.'),
  TRANSFER_NOT_PERMITTED: row('refusal', status.PERMISSION_DENIED, 'No rule permits this transfer.'),
  CALL_NOT_ALLOWED: row('refusal', status.PERMISSION_DENIED, 'The role of the caller does not allow this call.'),
  TRIGGER_MISSING: row('refusal', status.FAILED_PRECONDITION, 'No trigger covers this request.'),
  TRIGGER_NOT_ATTESTED: row('refusal', status.FAILED_PRECONDITION, 'The decision is not properly attested.'),
  TRIGGER_EXPIRED: row('refusal', status.FAILED_PRECONDITION, 'The trigger has expired.'),
  TRIGGER_WITHDRAWN: row('refusal', status.FAILED_PRECONDITION, 'The trigger was withdrawn.'),
  TRIGGER_USED: row('refusal', status.FAILED_PRECONDITION, 'The trigger was used before.'),
  TRIGGER_NOT_COVERING: row('refusal', status.FAILED_PRECONDITION, 'The trigger does not cover this request.'),
  EVIDENCE_TYPE_UNKNOWN: row('refusal', status.NOT_FOUND, 'The evidence type is not in the catalogue.'),
  REGISTER_NOT_FOUND: row('refusal', status.NOT_FOUND, 'No connected register holds this evidence.'),
  REGISTER_AMBIGUOUS: row('refusal', status.FAILED_PRECONDITION, 'Several registers are competent.'),
  ROUTE_PARAMETER_MISSING: row('refusal', status.FAILED_PRECONDITION, 'The route needs a further parameter.'),
  SUBJECT_NOT_AVAILABLE: row('refusal', status.NOT_FOUND, 'No evidence about this person is available.'),
  SUBJECT_TOKEN_INVALID: row('refusal', status.FAILED_PRECONDITION, 'The subject token is not valid here.'),
  REGISTER_UNAVAILABLE: row('outage', status.UNAVAILABLE, 'The register cannot answer now.'),
  REGISTER_SUSPENDED: row('outage', status.UNAVAILABLE, 'The register failed lately and is not asked for a moment.'),
  REGISTER_BUSY: row('outage', status.UNAVAILABLE, 'Too many requests wait for this register.'),
  REGISTER_REFUSED: row('refusal', status.FAILED_PRECONDITION, 'The register refused the request.'),
  EVIDENCE_INVALID: row('outage', status.UNAVAILABLE, 'The register sent what cannot be accepted.'),
  EVIDENCE_DEFERRED: row('outage', status.UNAVAILABLE, 'The register has the evidence later.'),
  DEFERRAL_EXPIRED: row('outage', status.UNAVAILABLE, 'What was announced did not come or was not fetched in time.'),
  AUDIT_LOG_UNAVAILABLE: row('outage', status.UNAVAILABLE, 'The audit log cannot be written.'),
  LOG_DISPUTED: row('outage', status.UNAVAILABLE, 'A witness disputes the audit log.'),
  INTERMEDIARY_UNAVAILABLE: row('outage', status.UNAVAILABLE, 'The intermediary cannot answer now.'),
  IDENTITY_DIRECTORY_UNAVAILABLE: row('outage', status.UNAVAILABLE, 'The identity directory cannot answer now.'),
  STORE_UNAVAILABLE: row('outage', status.UNAVAILABLE, 'The database of this process cannot be reached.'),
  BUSY: row('outage', status.RESOURCE_EXHAUSTED, 'Too much work is waiting.'),
  CONSUMER_HOLDS_KEY: row('refusal', status.FAILED_PRECONDITION, 'The consumer itself holds the decryption key.'),
  NOT_BUILT: row('refusal', status.UNIMPLEMENTED, 'This method is not built in this release.'),
  NOT_FOUND: row('refusal', status.NOT_FOUND, 'Not found, or not visible to this caller.'),
  BEYOND_LOG: row('invalid', status.OUT_OF_RANGE, 'The index or size is beyond the log.'),
  REPLAY: row('refusal', status.FAILED_PRECONDITION, 'The token was presented with another request.'),
  PERMISSION_INVALID: row('refusal', status.PERMISSION_DENIED, 'The permission token is not valid for this request.'),
  TRIGGER_INVALID: row('refusal', status.PERMISSION_DENIED, 'The trigger token is not valid for this request.'),
  WITHHELD_BY_APPLICANT: row('refusal', status.FAILED_PRECONDITION, 'The applicant brings this evidence themselves.'),
  PREVIEW_REQUIRED: row('refusal', status.FAILED_PRECONDITION, 'The person wants to see the evidence first.'),
  SESSION_INVALID: row('refusal', status.UNAUTHENTICATED, 'The session token is not valid for this call.'),
  SESSION_EXPIRED: row('refusal', status.UNAUTHENTICATED, 'The session token or the session has ended.'),
  ASSURANCE_TOO_LOW: row(
    'refusal',
    status.PERMISSION_DENIED,
    'The level of assurance of the session does not suffice.',
  ),
  RATE_LIMITED: row('outage', status.RESOURCE_EXHAUSTED, 'What the rules let this consumer ask is used up for now.'),
  ACT_NOT_SIGNED: row('refusal', status.PERMISSION_DENIED, 'No administrator of the catalogue has signed this.'),
  SECOND_PERSON_REQUIRED: row('refusal', status.PERMISSION_DENIED, 'Who proposed a change does not approve it.'),
  CATALOGUE_CHANGED: row(
    'refusal',
    status.FAILED_PRECONDITION,
    'Another version of the catalogue came into force since the proposal.',
  ),
  CATALOGUE_UNAVAILABLE: row('outage', status.UNAVAILABLE, 'The catalogue in force cannot be loaded.'),
  CALLER_LOCKED: row('refusal', status.PERMISSION_DENIED, 'The caller is locked after wrong identifications.'),
  TOO_MANY_MISIDENTIFICATIONS: row(
    'outage',
    status.RESOURCE_EXHAUSTED,
    'Too many lookups of this caller have found nobody lately.',
  ),
  REGISTER_RATE_LIMITED: row(
    'outage',
    status.RESOURCE_EXHAUSTED,
    'The register answers this consumer no more for now.',
  ),
  LOG_NOT_WITNESSED: row('outage', status.UNAVAILABLE, 'The witnesses have not cosigned the log that far yet.'),
  DEADLINE_TOO_SHORT: row(
    'refusal',
    status.FAILED_PRECONDITION,
    'The deadline is shorter than an answer may take that tells nothing about a person.',
  ),
  INTERNAL: row('bug', status.INTERNAL, 'An internal fault; its cause is in the operational log.'),
};

export function isReason(text: string): text is Reason {
  return Object.hasOwn(REASONS, text);
}

/** Name of the reason on the wire. */
export function wireReason(reason: Reason): `ERROR_REASON_${Reason}` {
  return `ERROR_REASON_${reason}`;
}

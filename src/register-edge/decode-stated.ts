import { fromTimestamp, type WireTimestamp } from '../platform/clock.js';
import type { FieldViolation } from '../platform/fault.js';
import { MAX_TOKEN_BYTES } from '../tokens/jws.js';
import type { RegisterInquiry } from '../tokens/register-inquiry.js';
import type { RetrievalRequest } from '../tokens/register-request.js';

const IDENTIFIER = /^[a-z][a-z0-9_-]{0,62}$/;
const RETRIEVAL_ID = /^[A-Za-z0-9_-]{16,64}$/;
const ID_RULE = 'must be 16 to 64 letters, digits, "-" or "_"';
const DIGEST = /^[A-Za-z0-9_-]{43}$/;
const SECRET_BYTES = 32;

type WireStated = Readonly<{
  retrieval_id?: string;
  register?: string;
  consumer?: string;
  purpose?: string;
  purpose_hash?: string;
  legal_basis?: string;
  subject_role?: string;
  nonce?: Buffer;
  issue_time?: WireTimestamp | null;
  permission_token?: string;
  trigger_token?: string;
}>;

type Stated = Omit<RetrievalRequest, 'evidence_type' | 'fields' | 'person'>;

/** Collects every faulty field of a request. Descriptions never quote a value. */
export class Faults {
  readonly violations: FieldViolation[] = [];

  demand(holds: boolean, field: string, description: string): void {
    if (!holds) this.violations.push({ field, description });
  }

  /** @param idField in which the id stands */
  unread(
    retrievalId: string,
    idField = 'retrieval_id',
  ): Readonly<{ ok: false; violations: readonly FieldViolation[]; retrievalId: string | null }> {
    const isReadable = this.violations.every(({ field }) => field !== idField);
    return { ok: false, violations: this.violations, retrievalId: isReadable ? retrievalId : null };
  }

  identifier(field: string, value: string | undefined): string {
    this.demand(value !== undefined && IDENTIFIER.test(value), field, 'must be an identifier of the catalogue');
    return value ?? '';
  }

  /** 32 random bytes, base64url. */
  secret(field: string, value: Buffer | undefined): string {
    this.demand(value?.length === SECRET_BYTES, field, `must have ${SECRET_BYTES} bytes`);
    return value?.toString('base64url') ?? '';
  }

  /** Milliseconds since the epoch. */
  moment(field: string, value: WireTimestamp | null | undefined): number {
    const ms = fromTimestamp(value);
    this.demand(ms !== undefined && Number.isSafeInteger(ms), field, 'is required');
    return ms ?? 0;
  }

  token(field: string, value = ''): string {
    const fits = value !== '' && value.length <= MAX_TOKEN_BYTES;
    this.demand(fits, field, `is required, at most ${MAX_TOKEN_BYTES} bytes`);
    return value;
  }

  matching(field: string, value: string | undefined, pattern: RegExp, description: string): string {
    this.demand(value !== undefined && pattern.test(value), field, description);
    return value ?? '';
  }
}

type WireInquiry = Readonly<{
  session_token?: string;
  inquiry_id?: string;
  register?: string;
  nonce?: Buffer;
  issue_time?: WireTimestamp | null;
}>;

/** What an inquiry of a person states, beside whom it is about, and its token. */
export function decodeStatedInquiry(
  wire: WireInquiry,
  faults: Faults,
): Pick<RegisterInquiry, 'inquiry_id' | 'register' | 'nonce' | 'issued_at'> & Readonly<{ session_token: string }> {
  return {
    inquiry_id: faults.matching('inquiry_id', wire.inquiry_id, RETRIEVAL_ID, ID_RULE),
    register: faults.identifier('register', wire.register),
    nonce: faults.secret('nonce', wire.nonce),
    issued_at: faults.moment('issue_time', wire.issue_time),
    session_token: faults.token('session_token', wire.session_token),
  };
}

/** Reads what every request to a register states. */
export function decodeStated(wire: WireStated, faults: Faults): Stated {
  const issuedAt = faults.moment('issue_time', wire.issue_time);
  return {
    retrieval_id: faults.matching('retrieval_id', wire.retrieval_id, RETRIEVAL_ID, ID_RULE),
    register: faults.identifier('register', wire.register),
    consumer: faults.identifier('consumer', wire.consumer),
    purpose: faults.identifier('purpose', wire.purpose),
    purpose_hash: faults.matching('purpose_hash', wire.purpose_hash, DIGEST, 'must be a SHA-256 in base64url'),
    legal_basis: faults.identifier('legal_basis', wire.legal_basis),
    subject_role: faults.identifier('subject_role', wire.subject_role),
    nonce: faults.secret('nonce', wire.nonce),
    issued_at: issuedAt,
  };
}

export function decodeTokens(
  wire: WireStated,
  faults: Faults,
): Readonly<{ permissionToken: string; triggerToken: string }> {
  return {
    permissionToken: faults.token('permission_token', wire.permission_token),
    triggerToken: faults.token('trigger_token', wire.trigger_token),
  };
}

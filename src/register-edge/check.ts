import type { FieldViolation } from '../platform/fault.js';
import type { Reason } from '../platform/reasons.js';
import { TokenFault, type TokenFaultCode } from '../tokens/jws.js';

/** What a caller may learn. Everything finer is a `Cause` and stays in this register's own log. */
export type EdgeReason = Extract<
  Reason,
  | 'CALL_NOT_ALLOWED'
  | 'REQUEST_INVALID'
  | 'TRANSFER_NOT_PERMITTED'
  | 'PERMISSION_INVALID'
  | 'TRIGGER_INVALID'
  | 'REPLAY'
  | 'REGISTER_RATE_LIMITED'
  | 'SUBJECT_NOT_AVAILABLE'
  | 'NOT_FOUND'
>;

type TokenKind = 'PERMISSION' | 'TRIGGER' | 'ATTESTATION';

/** The true cause, for the own log: a code without a person. */
export type Cause =
  | `${TokenKind}_${TokenFaultCode}`
  | 'CALLER_KIND'
  | 'FIELDS_INVALID'
  | 'UNDECODABLE'
  | 'TOO_LARGE'
  | 'RATE_USED_UP'
  | 'PERSONS_USED_UP'
  | 'OTHER_REGISTER'
  | 'OTHER_KIND_OF_SUBJECT'
  | 'TOO_OLD'
  | 'FROM_THE_FUTURE'
  | 'DEFERRAL_UNKNOWN'
  | 'NOT_GIVEN'
  | 'REPORT_UNKNOWN'
  | 'REPORT_CHANGED'
  | `PERMISSION_${'CONSUMER' | 'EVIDENCE_TYPE' | 'PURPOSE' | 'LEGAL_BASIS' | 'CALLER' | 'AREAS' | 'DIGEST' | 'DIGEST_MISSING' | 'OBLIGATIONS'}`
  | `TRANSFER_${'RULE' | 'PURPOSE_VERSION' | 'FIELDS' | 'CONSUMER_KEY'}`
  | 'PERMISSION_FIELDS'
  | `TRIGGER_${'RETRIEVAL' | 'DIGEST'}`
  | `ATTESTATION_${
      | 'ATTESTER'
      | 'ATTESTER_KIND'
      | 'REQUESTER'
      | 'EVIDENCE_TYPE'
      | 'FIELDS'
      | 'PURPOSE'
      | 'LEGAL_BASIS'
      | 'ROLE'
      | 'KIND'
      | 'NOTICE'
      | 'ASSURANCE'
      | 'DECIDER'
      | 'REPRESENTATIVE'
      | 'COMMITMENT'}`
  | `REPLAY_${TokenKind}`
  | `SUBJECT_${'NONE' | 'SEVERAL' | 'BLOCKED' | 'TOO_OLD' | 'NOT_REPRESENTED'}`;

/** The answer is no. Carries both: what the caller is told and what the own log keeps. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly reason: EdgeReason,
    readonly trueCause: Cause,
    readonly violations: readonly FieldViolation[] = [],
    /** When it is worth asking again; absent: never with this request. */
    readonly retryDelayMs?: number,
  ) {
    super(trueCause);
  }
}

/** One row of a table of checks. */
export type Check<Facts> = Readonly<{
  cause: Cause;
  reason: EdgeReason;
  /** What must hold, with its source. */
  rule: string;
  /** Field of the request to name in the answer. */
  field?: string;
  holds: (facts: Facts) => boolean;
}>;

/** Goes through a table in its order. @throws Refused by the first row that does not hold */
export function demand<Facts>(checks: readonly Check<Facts>[], facts: Facts): void {
  for (const { holds, reason, cause, rule, field } of checks)
    if (!holds(facts)) throw new Refused(reason, cause, field === undefined ? [] : [{ field, description: rule }]);
}

/** Runs a verification. @throws Refused */
export async function proven<T>(kind: TokenKind, verification: Promise<T>): Promise<T> {
  try {
    return await verification;
  } catch (error) {
    if (!(error instanceof TokenFault)) throw error;
    throw new Refused(kind === 'PERMISSION' ? 'PERMISSION_INVALID' : 'TRIGGER_INVALID', `${kind}_${error.code}`);
  }
}

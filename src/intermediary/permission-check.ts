import type { CatalogueLookup } from '../catalogue/lookup.js';
import type { Decision, Refused } from '../permission/decide-transfer.js';
import type { TransferQuestion } from '../permission/transfer-question.js';
import { UsedUp } from './used-up.js';

/**
 * One check as the intermediary logs it (IDNrG § 7 Abs. 2 S. 5). It holds participants, kind and basis of a transfer, and
 * has no member for a person or a payload. What the caller named and the catalogue does not list is not kept either: a
 * log of identifiers must not become a way to carry something else.
 */
export type PermissionCheck = Readonly<{
  /** Random, made by the node for this check alone. */
  checkId: string;
  /** Milliseconds since the epoch. */
  checkedAt: number;
  /** Participant that asked; not necessarily a node if it was refused for that. */
  caller: string;
  consumer: string | null;
  provider: string | null;
  evidenceType: string | null;
  purpose: string | null;
  legalBasis: string | null;
  /** Attributes that were asked for, of those that the evidence type has. */
  askedFields: readonly string[];
  decision: 'ALLOWED' | 'REFUSED';
  reason: Refused['reason'] | 'CALL_NOT_ALLOWED' | 'RATE_LIMITED' | null;
  ruleIds: readonly string[];
  /** Attributes that may pass. */
  fields: readonly string[];
  /** `jti` of the token that this check released; null where it was refused or a digest is due first. */
  tokenId: string | null;
  /** base64url SHA-256 over something the intermediary cannot guess. */
  requestDigest: string | null;
  catalogueVersion: string;
}>;

type Asked = Readonly<{
  caller: Readonly<{ participant: Readonly<{ id: string }> }>;
  checkId: string;
  question: TransferQuestion;
  asked: Readonly<{ fields: readonly string[]; requestDigest: string | undefined }>;
}>;

/** The record of a refusal, or of an allowance whose token and fields are added by the caller. */
export function checkRecord(
  lookup: CatalogueLookup,
  { caller, checkId, question, asked }: Asked,
  outcome: Readonly<{
    decision: Decision | UsedUp | 'CALL_NOT_ALLOWED';
    checkedAt: number;
    fields: readonly string[];
    tokenId?: string;
  }>,
): PermissionCheck {
  const { decision } = outcome;
  const type = lookup.evidenceType(question.evidence_type);
  const listed = (found: Readonly<{ id: string }> | undefined) => found?.id ?? null;
  return {
    checkId,
    checkedAt: outcome.checkedAt,
    caller: caller.participant.id,
    consumer: listed(lookup.participant(question.consumer)),
    provider: listed(lookup.register(question.provider)),
    evidenceType: listed(type),
    purpose: listed(lookup.purpose(question.purpose)),
    legalBasis: listed(lookup.legalBasis(question.legal_basis)),
    askedFields: type?.attributes.map(({ id }) => id).filter((id) => asked.fields.includes(id)) ?? [],
    ...verdictOf(decision),
    fields: outcome.fields,
    tokenId: outcome.tokenId ?? null,
    requestDigest: asked.requestDigest ?? null,
    catalogueVersion: lookup.catalogue.version,
  };
}

function verdictOf(
  decision: Decision | UsedUp | 'CALL_NOT_ALLOWED',
): Pick<PermissionCheck, 'decision' | 'reason' | 'ruleIds'> {
  if (decision === 'CALL_NOT_ALLOWED') return { decision: 'REFUSED', reason: decision, ruleIds: [] };
  if (decision instanceof UsedUp) return { decision: 'REFUSED', reason: 'RATE_LIMITED', ruleIds: rulesOf(decision) };
  if (decision.kind === 'refused') return { decision: 'REFUSED', reason: decision.reason, ruleIds: decision.ruleIds };
  return { decision: 'ALLOWED', reason: null, ruleIds: decision.ruleIds };
}

function rulesOf({ uses }: UsedUp): readonly string[] {
  return [...new Set(uses.map(({ rule }) => rule))].toSorted();
}

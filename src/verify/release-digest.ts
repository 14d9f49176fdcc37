import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { decodeBase64 } from '#libs/tlog/lexical.js';
import type { FieldSource, OwnStatements, PrefillAnswer, ReleasedEvidence } from './answer.js';

/** RFC 7516 § 7.1, with an agreed key: the encrypted key is empty (RFC 7518 § 4.6). */
const COMPACT_JWE = /^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/;

type Released = Pick<ReleasedEvidence, 'sd_jwt' | 'evidence_jwe'>;

/**
 * base64url SHA-256 over the RFC 8785 form of `{salt, fields, not_delivered, evidence}`, with `own_statements` where there are any: what
 * the log recorded before the answer was released. A single changed value gives another digest.
 */
export function releaseDigestOf({
  fields,
  not_delivered,
  evidence,
  release_salt,
  own_statements,
}: PrefillAnswer): string {
  const release = {
    salt: decodeBase64(release_salt)?.toString('base64url') ?? null,
    fields: (isSealed(evidence) ? [] : fields).map(({ fim_id, label, subject_role, value, source, alternatives }) => ({
      fim_id,
      label,
      subject_role,
      value,
      source: sourceOf(source),
      alternatives: alternatives.map((other) => ({ value: other.value, source: sourceOf(other.source) })),
    })),
    not_delivered: not_delivered.map(({ evidence_type, subject_role, reason, detail }) => ({
      evidence_type,
      subject_role,
      reason,
      detail,
    })),
    evidence: evidence.map(releasedOf),
    ...(own_statements === undefined ? {} : { own_statements: statementsOf(own_statements) }),
  };
  return digestOf(release);
}

/** base64url SHA-256 over the RFC 8785 form of one compact SD-JWT, or of the JWE that was passed on, as a JSON string. */
export function evidenceDigestOf(piece: Released): string {
  return digestOf(releasedOf(piece));
}

/** Nobody but the consumer read it: what it fills its form with is its own, and in no digest. */
export function isSealed(evidence: readonly Readonly<{ evidence_jwe?: unknown }>[]): boolean {
  return evidence.some(({ evidence_jwe }) => isJwe(evidence_jwe));
}

/** Nothing else in its place counts: a token that was released in the clear cannot be made one that was not. */
function isJwe(value: unknown): value is string {
  return typeof value === 'string' && COMPACT_JWE.test(value);
}

function statementsOf({ attestation, statements }: OwnStatements): OwnStatements {
  return {
    attestation,
    statements: statements.map(({ held_id, evidence_id, attribute, value, salt }) => ({
      ...{ held_id, evidence_id, attribute, value, salt },
    })),
  };
}

function releasedOf({ sd_jwt, evidence_jwe }: Released): string {
  return isJwe(evidence_jwe) ? evidence_jwe : sd_jwt;
}

function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('base64url');
}

function sourceOf({ register, evidence_id, attribute, as_of, assurance }: FieldSource): FieldSource {
  return { register, evidence_id, attribute, as_of, assurance };
}

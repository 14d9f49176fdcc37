import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { decodeBase64 } from '#libs/tlog/lexical.js';
import type { FieldSource, PrefillAnswer } from './answer.js';

/**
 * base64url SHA-256 over the RFC 8785 form of `{salt, fields, not_delivered, evidence}`: what the log recorded before
 * the answer was released. A single changed value gives another digest.
 */
export function releaseDigestOf({ fields, not_delivered, evidence, release_salt }: PrefillAnswer): string {
  const release = {
    salt: decodeBase64(release_salt)?.toString('base64url') ?? null,
    fields: fields.map(({ fim_id, label, subject_role, value, source, alternatives }) => ({
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
    evidence: evidence.map(({ sd_jwt }) => sd_jwt),
  };
  return digestOf(release);
}

/** base64url SHA-256 over the RFC 8785 form of one compact SD-JWT, as a JSON string. */
export function evidenceDigestOf(compact: string): string {
  return digestOf(compact);
}

function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('base64url');
}

function sourceOf({ register, evidence_id, attribute, as_of, assurance }: FieldSource): FieldSource {
  return { register, evidence_id, attribute, as_of, assurance };
}

import { canonicalDigest } from '../tokens/digest.js';
import type { FormField } from './form.js';

/** Everything that an answer releases or withholds. Changing a single value of it changes the digest. */
export type Release = Readonly<{
  fields: readonly FormField[];
  not_delivered: readonly Readonly<{ evidence_type: string; subject_role: string; reason: string; detail: string }>[];
  /** Compact SD-JWTs as released, in the order of the answer. */
  evidence: readonly string[];
}>;

/**
 * base64url SHA-256 over the RFC 8785 form of `{salt, fields, not_delivered, evidence}`. The salt (base64url, 32 bytes)
 * goes to the caller only, so that the log's entry cannot be used to guess what was released.
 */
export function releaseDigest(release: Release, salt: string): string {
  return canonicalDigest({
    salt,
    fields: release.fields.map(({ fim_id, label, subject_role, value, source, alternatives }) => ({
      fim_id,
      label,
      subject_role,
      value,
      source: sourceOf(source),
      alternatives: alternatives.map((other) => ({ value: other.value, source: sourceOf(other.source) })),
    })),
    not_delivered: release.not_delivered.map(({ evidence_type, subject_role, reason, detail }) => ({
      evidence_type,
      subject_role,
      reason,
      detail,
    })),
    evidence: release.evidence,
  });
}

function sourceOf({ register, evidence_id, attribute, as_of, assurance }: FormField['source']): object {
  return { register, evidence_id, attribute, as_of, assurance };
}

import { canonicalDigest } from '../tokens/digest.js';
import type { OwnStatement } from '../tokens/own-statement.js';
import type { FormField } from './form.js';

/** What the person states beside released evidence, with the attestation that names the digest of each (EGovG § 5 Abs. 5). */
export type ReleasedStatements = Readonly<{
  attestation: string;
  statements: readonly (OwnStatement & Readonly<{ evidence_id: string }>)[];
}>;

/** Everything that an answer releases or withholds. Changing a single value of it changes the digest. */
export type Release = Readonly<{
  fields: readonly FormField[];
  not_delivered: readonly Readonly<{ evidence_type: string; subject_role: string; reason: string; detail: string }>[];
  /** Compact SD-JWTs as released, in the order of the answer. */
  evidence: readonly string[];
  /** Absent where the person states nothing. */
  own_statements?: ReleasedStatements;
}>;

/**
 * base64url SHA-256 over the RFC 8785 form of `{salt, fields, not_delivered, evidence}`, with `own_statements` where there are any.
 * The salt (base64url, 32 bytes)
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
    ...(release.own_statements === undefined ? {} : { own_statements: release.own_statements }),
  });
}

function sourceOf({ register, evidence_id, attribute, as_of, assurance }: FormField['source']): object {
  return { register, evidence_id, attribute, as_of, assurance };
}

import { randomBytes, randomUUID } from 'node:crypto';
import type { Assurance } from '../catalogue/catalogue.js';
import { numericDate } from '../platform/clock.js';
import { attest, type Decision } from '../tokens/attestation.js';
import { textHash } from '../tokens/digest.js';
import type { SigningKey } from '../tokens/jws.js';
import { type AnyApplicant, commitmentTo } from './applicant.js';
import type { AttestedDecision } from './attest-decisions.js';
import type { PermittedEvidence } from './permitted-evidence.js';

/** An official asks at once. */
const LIFETIME_S = 600;

/**
 * Signs that the authority itself decided, in a task of its own: no act of the citizen. File reference and official are
 * not part of it, since it goes to the register: the node keeps them, encrypted, in its log alone.
 */
export async function attestTask(
  permitted: PermittedEvidence,
  about: Readonly<{ applicant: AnyApplicant; fields: readonly string[]; assurance: Assurance }>,
  by: Readonly<{ attester: string; node: string; key: SigningKey; nowMs: number }>,
): Promise<AttestedDecision> {
  const salt = randomBytes(32).toString('base64url');
  const decision: Decision = {
    kind: 'STATUTORY_TASK',
    legal_basis: permitted.legal_basis,
    requester: by.attester,
    evidence_type: permitted.evidence_type,
    fields: about.fields.toSorted(),
    purpose: permitted.purpose,
    purpose_hash: permitted.purpose_hash,
    // Of nobody: a pseudonym that followed from the official's name could be guessed by whoever knows the office.
    decider: randomBytes(32).toString('base64url'),
    acting: 'AUTHORITY',
    decider_role: 'authority',
    subject: { role: about.applicant.role, commitment: commitmentTo(about.applicant, salt) },
    assurance: about.assurance,
    // Nobody is shown a text: what was decided on is the norm.
    text_hash: textHash(permitted.norm),
    preview: 'NOT_GRANTED',
    decided_at: numericDate(by.nowMs),
  };
  const jti = randomUUID();
  const { token } = await attest(decision, { ...by, jti, lifetimeS: LIFETIME_S });
  return { trigger_id: jti, attestation: token, commitment_salt: salt, decision };
}

import type { Seal } from '../platform/secrets.js';
import type { Decision } from '../tokens/attestation.js';

/** A person that was looked up for one consumer. Lives in memory of the exchange and inside sealed tokens only. */
export type ResolvedPerson = Readonly<{
  role: string;
  idnr: string;
  /** As the directory holds it; may be partly known. */
  birth_date: string;
  /** What opens the commitments of the triggers for this person. */
  opening: Readonly<{ birth_date: string; family_name: string | null; idnr: string | null }>;
  /** The decision this lookup rests on, and the lookup that used it: withdrawing it stops whatever builds on the person. */
  lookup: Readonly<{ trigger: string; by: string }>;
  /** What was decided and by whom, so that the result of the lookup serves nobody else (GDPR Art. 5 (1) b). */
  decided: Readonly<
    Pick<Decision, 'purpose' | 'legal_basis' | 'acting' | 'representation' | 'decider' | 'delayed_notice'> & {
      attester: string;
    }
  >;
  /** IDNr of the person whom the directory confirmed as representative; null where none was named. */
  representative: string | null;
}>;

type Sealed = ResolvedPerson & Readonly<{ exp: number }>;

export const SUBJECT_TOKEN_LIFETIME_MS = 600_000;

const context = (consumer: string, certificate: string) => `subject-token/v1 ${consumer} ${certificate}`;

/** Opaque to the carrier, bound to consumer, certificate and, through the person, the trigger of the lookup (design 5). */
export function sealSubject(
  seal: Seal,
  person: ResolvedPerson,
  bound: Readonly<{ consumer: string; certificate: string; nowMs: number }>,
): Readonly<{ token: string; expiresAt: number }> {
  const exp = bound.nowMs + SUBJECT_TOKEN_LIFETIME_MS;
  const sealed: Sealed = { ...person, exp };
  const token = seal.close(Buffer.from(JSON.stringify(sealed)), context(bound.consumer, bound.certificate));
  return { token, expiresAt: exp };
}

/** Undefined when altered, expired, or of another consumer or certificate. */
export function openSubject(
  seal: Seal,
  token: string,
  bound: Readonly<{ consumer: string; certificate: string; nowMs: number }>,
): ResolvedPerson | undefined {
  const bytes = seal.open(token, context(bound.consumer, bound.certificate));
  if (bytes === undefined) return undefined;
  // Authenticated by the seal: only this node's own writing comes out of it.
  const sealed = JSON.parse(bytes.toString('utf8')) as Sealed;
  return sealed.exp <= bound.nowMs ? undefined : sealed;
}

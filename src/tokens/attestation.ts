import {
  ASSURANCES,
  type Assurance,
  REPRESENTATIONS,
  type Representation,
  type TriggerKind,
} from '../catalogue/catalogue.js';
import { claimNumber, claimObject, claimOneOf, claimText, claimTexts } from './claims.js';
import { type SigningKey, signToken, type VerificationKey, verifyToken } from './jws.js';

export const ATTESTATION_TYP = 'einmal-attestation+jwt';
/** A choice is made within one visit to the form. */
export const ATTESTATION_MAX_LIFETIME_S = 3600;

const TRIGGER_KINDS: readonly TriggerKind[] = ['CHOICE', 'CONSENT', 'EXPLICIT_REQUEST', 'STATUTORY_TASK'];

/**
 * One decision about one piece of evidence of one subject, signed by whoever attests it. What the law asks for
 * differs by `kind`; a single boolean "consent" would be wrong.
 */
export type Decision = Readonly<{
  kind: TriggerKind;
  legal_basis: string;
  requester: string;
  evidence_type: string;
  /** Sorted attribute ids. */
  fields: readonly string[];
  purpose: string;
  purpose_hash: string;
  /** Pairwise pseudonym of the person who decided, or of the office for a statutory task. */
  decider: string;
  /** `SELF`: the decider is the subject. `REPRESENTATIVE`: for the subject, in the role `represented_by`. */
  acting: 'SELF' | 'REPRESENTATIVE' | 'AUTHORITY';
  /** Of a representative: by virtue of what; absent: custody. */
  representation?: Representation;
  /** Role of the person who decided; the subject's own role with `SELF`. */
  decider_role: string;
  subject: Readonly<{ role: string; commitment: string }>;
  assurance: Assurance;
  /** base64url SHA-256 of the UTF-8 bytes of the exact text shown. */
  text_hash: string;
  /** Whether the person wants to see the evidence before it is used (EGovG § 5 Abs. 5: a right, not a duty). */
  preview: 'WANTED' | 'WAIVED' | 'NOT_GRANTED';
  /** Where an authority looks for somebody who must not be told at once: by which norm, and until when. */
  delayed_notice?: DelayedNotice;
  /** NumericDate. */
  decided_at: number;
}>;

/** `until`: NumericDate. */
export type DelayedNotice = Readonly<{ norm: string; until: number }>;

export async function attest(
  decision: Decision,
  by: { attester: string; node: string; key: SigningKey; nowMs: number; lifetimeS: number; jti?: string },
): Promise<{ token: string; jti: string; exp: number }> {
  return signToken(
    { iss: by.attester, aud: by.node, decision },
    {
      typ: ATTESTATION_TYP,
      key: by.key,
      nowMs: by.nowMs,
      lifetimeS: by.lifetimeS,
      ...(by.jti === undefined ? {} : { jti: by.jti }),
    },
  );
}

/** By virtue of what somebody else decided; undefined where nobody did. */
export function representationOf({
  acting,
  representation = 'custody',
}: Pick<Decision, 'acting' | 'representation'>): Representation | undefined {
  return acting === 'REPRESENTATIVE' ? representation : undefined;
}

export type VerifiedAttestation = Decision & Readonly<{ jti: string; attester: string; iat: number; exp: number }>;

/** @throws TokenFault */
export async function verifyAttestation(
  token: string,
  trust: { attester: string; node: string; keys: readonly VerificationKey[]; nowMs: number },
): Promise<VerifiedAttestation> {
  const claims = await verifyToken(token, {
    typ: ATTESTATION_TYP,
    issuer: trust.attester,
    audience: trust.node,
    keys: trust.keys,
    nowMs: trust.nowMs,
    maxLifetimeS: ATTESTATION_MAX_LIFETIME_S,
  });
  const decision = claimObject(claims, 'decision');
  const subject = claimObject(decision, 'subject');
  return {
    jti: claims.jti,
    attester: claims.iss,
    iat: claims.iat,
    exp: claims.exp,
    kind: claimOneOf(decision, 'kind', TRIGGER_KINDS),
    legal_basis: claimText(decision, 'legal_basis'),
    requester: claimText(decision, 'requester'),
    evidence_type: claimText(decision, 'evidence_type'),
    fields: claimTexts(decision, 'fields'),
    purpose: claimText(decision, 'purpose'),
    purpose_hash: claimText(decision, 'purpose_hash'),
    decider: claimText(decision, 'decider'),
    acting: claimOneOf(decision, 'acting', ['SELF', 'REPRESENTATIVE', 'AUTHORITY']),
    ...(decision.representation === undefined
      ? {}
      : { representation: claimOneOf(decision, 'representation', REPRESENTATIONS) }),
    decider_role: claimText(decision, 'decider_role'),
    subject: { role: claimText(subject, 'role'), commitment: claimText(subject, 'commitment') },
    assurance: claimOneOf(decision, 'assurance', ASSURANCES),
    text_hash: claimText(decision, 'text_hash'),
    preview: claimOneOf(decision, 'preview', ['WANTED', 'WAIVED', 'NOT_GRANTED']),
    ...(decision.delayed_notice === undefined ? {} : { delayed_notice: delayedNoticeIn(decision) }),
    decided_at: claimNumber(decision, 'decided_at'),
  };
}

function delayedNoticeIn(decision: Readonly<Record<string, unknown>>): DelayedNotice {
  const notice = claimObject(decision, 'delayed_notice');
  return { norm: claimText(notice, 'norm'), until: claimNumber(notice, 'until') };
}

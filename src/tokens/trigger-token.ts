import { claimText } from './claims.js';
import { type SigningKey, signToken, type VerificationKey, verifyToken } from './jws.js';

export const TRIGGER_TYP = 'einmal-trigger+jwt';
/** A register accepts a request for five minutes; nothing longer is needed. */
export const TRIGGER_LIFETIME_S = 300;

/** The node presents one attestation to one register for one request. The attestation inside is the attester's own signature. */
export type TriggerPresentation = Readonly<{ retrieval_id: string; request_digest: string; attestation: string }>;

export async function presentTrigger(
  presentation: TriggerPresentation,
  by: { node: string; register: string; key: SigningKey; nowMs: number },
): Promise<{ token: string; jti: string; exp: number }> {
  return signToken(
    { ...presentation, iss: by.node, aud: by.register },
    { typ: TRIGGER_TYP, key: by.key, nowMs: by.nowMs, lifetimeS: TRIGGER_LIFETIME_S },
  );
}

export type VerifiedTrigger = TriggerPresentation & Readonly<{ jti: string; iat: number; exp: number }>;

/** Verifies the node's wrapping only; the attestation inside is verified by its own function. @throws TokenFault */
export async function verifyTriggerToken(
  token: string,
  trust: { node: string; register: string; keys: readonly VerificationKey[]; nowMs: number },
): Promise<VerifiedTrigger> {
  const claims = await verifyToken(token, {
    typ: TRIGGER_TYP,
    issuer: trust.node,
    audience: trust.register,
    keys: trust.keys,
    nowMs: trust.nowMs,
    maxLifetimeS: TRIGGER_LIFETIME_S,
  });
  return {
    retrieval_id: claimText(claims, 'retrieval_id'),
    request_digest: claimText(claims, 'request_digest'),
    attestation: claimText(claims, 'attestation'),
    jti: claims.jti,
    iat: claims.iat,
    exp: claims.exp,
  };
}

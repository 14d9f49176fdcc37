import { claimObject, claimText, claimTexts } from './claims.js';
import { type SigningKey, signToken, TokenFault, type VerificationKey, verifyToken } from './jws.js';
import { claimObligations, type Obligations } from './obligations.js';

export const PERMISSION_TYP = 'einmal-permission+jwt';
export const PERMISSION_LIFETIME_S = 600;

/** What the intermediary permits (IDNrG § 7 Abs. 2). Holds no person and no payload: the digest is over a nonce it never learns. */
export type Permission = Readonly<{
  consumer: string;
  register: string;
  evidence_type: string;
  /** Sorted attribute ids. */
  fields: readonly string[];
  purpose: string;
  purpose_hash: string;
  legal_basis: string;
  obligations: Obligations;
  areas: Readonly<{ consumer: string; provider: string }>;
  /** `x5t#S256` of the client certificate of the one node that may present this token. */
  node_certificate: string;
  /** base64url SHA-256 of the register request; absent only where the IDNr does not cross areas. */
  request_digest?: string;
}>;

export async function issuePermissionToken(
  permission: Permission,
  by: { issuer: string; key: SigningKey; nowMs: number; lifetimeS?: number },
): Promise<{ token: string; jti: string; exp: number }> {
  const { register, node_certificate, ...bound } = permission;
  return signToken(
    { ...bound, iss: by.issuer, aud: register, cnf: { 'x5t#S256': node_certificate } },
    { typ: PERMISSION_TYP, key: by.key, nowMs: by.nowMs, lifetimeS: by.lifetimeS ?? PERMISSION_LIFETIME_S },
  );
}

export type VerifiedPermission = Permission & Readonly<{ jti: string; iat: number; exp: number }>;

/** @throws TokenFault */
export async function verifyPermissionToken(
  token: string,
  trust: { issuer: string; register: string; keys: readonly VerificationKey[]; nowMs: number },
): Promise<VerifiedPermission> {
  const claims = await verifyToken(token, {
    typ: PERMISSION_TYP,
    issuer: trust.issuer,
    audience: trust.register,
    keys: trust.keys,
    nowMs: trust.nowMs,
    maxLifetimeS: PERMISSION_LIFETIME_S,
  });
  const areas = claimObject(claims, 'areas');
  const digest = claims.request_digest;
  if (digest !== undefined && typeof digest !== 'string') throw new TokenFault('CLAIM');
  return {
    consumer: claimText(claims, 'consumer'),
    register: claims.aud,
    evidence_type: claimText(claims, 'evidence_type'),
    fields: claimTexts(claims, 'fields'),
    purpose: claimText(claims, 'purpose'),
    purpose_hash: claimText(claims, 'purpose_hash'),
    legal_basis: claimText(claims, 'legal_basis'),
    obligations: claimObligations(claims),
    areas: { consumer: claimText(areas, 'consumer'), provider: claimText(areas, 'provider') },
    node_certificate: claimText(claimObject(claims, 'cnf'), 'x5t#S256'),
    ...(digest === undefined ? {} : { request_digest: digest }),
    jti: claims.jti,
    iat: claims.iat,
    exp: claims.exp,
  };
}

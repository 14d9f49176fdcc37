import { claimObject, claimText } from './claims.js';
import { type SigningKey, signToken, TokenFault, type VerificationKey, verifyToken } from './jws.js';

/** RFC 9068 § 2.1. */
export const ACCESS_TYP = 'at+jwt';
/** RFC 7523bis: its own type, so that no other token can pass for it. */
export const CLIENT_ASSERTION_TYP = 'client-authentication+jwt';
export const ACCESS_LIFETIME_S = 600;
const CLIENT_ASSERTION_LIFETIME_S = 300;

export async function issueAccessToken(
  grant: { client: string; certificate: string },
  by: { issuer: string; key: SigningKey; nowMs: number; lifetimeS?: number },
): Promise<{ token: string; jti: string; exp: number }> {
  return signToken(
    {
      iss: by.issuer,
      aud: by.issuer,
      sub: grant.client,
      client_id: grant.client,
      cnf: { 'x5t#S256': grant.certificate },
    },
    { typ: ACCESS_TYP, key: by.key, nowMs: by.nowMs, lifetimeS: by.lifetimeS ?? ACCESS_LIFETIME_S },
  );
}

/** Verifies the token and that it is bound to this certificate (RFC 8705 § 3). @throws TokenFault */
export async function verifyAccessToken(
  token: string,
  trust: { issuer: string; keys: readonly VerificationKey[]; nowMs: number; certificate: string },
): Promise<{ client: string; jti: string }> {
  const claims = await verifyToken(token, {
    typ: ACCESS_TYP,
    issuer: trust.issuer,
    audience: trust.issuer,
    keys: trust.keys,
    nowMs: trust.nowMs,
    maxLifetimeS: ACCESS_LIFETIME_S,
  });
  if (claimText(claimObject(claims, 'cnf'), 'x5t#S256') !== trust.certificate) throw new TokenFault('BINDING');
  return { client: claimText(claims, 'client_id'), jti: claims.jti };
}

export async function signClientAssertion(by: {
  client: string;
  issuer: string;
  key: SigningKey;
  nowMs: number;
}): Promise<string> {
  const { token } = await signToken(
    { iss: by.client, sub: by.client, aud: by.issuer },
    { typ: CLIENT_ASSERTION_TYP, key: by.key, nowMs: by.nowMs, lifetimeS: 60 },
  );
  return token;
}

/** Audience is the issuer identifier as the only value (RFC 7523bis). Single use of `jti` is the caller's duty. @throws TokenFault */
export async function verifyClientAssertion(
  token: string,
  trust: { client: string; issuer: string; keys: readonly VerificationKey[]; nowMs: number },
): Promise<{ jti: string; exp: number }> {
  const claims = await verifyToken(token, {
    typ: CLIENT_ASSERTION_TYP,
    issuer: trust.client,
    audience: trust.issuer,
    keys: trust.keys,
    nowMs: trust.nowMs,
    maxLifetimeS: CLIENT_ASSERTION_LIFETIME_S,
  });
  if (claims.sub !== trust.client) throw new TokenFault('CLAIM');
  return { jti: claims.jti, exp: claims.exp };
}

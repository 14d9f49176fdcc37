import { ASSURANCES, type Assurance } from '../catalogue/catalogue.js';
import { numericDate } from '../platform/clock.js';
import { claimNumber, claimOneOf, claimText } from './claims.js';
import { type SigningKey, signToken, TokenFault, type VerificationKey, verifyToken } from './jws.js';

export const SESSION_TYP = 'einmal-session+jwt';
/** One token of a session; pages make the next one as long as the session lasts. */
export const SESSION_TOKEN_LIFETIME_S = 600;
/** From signing in; then the person signs in again, however busy they were. */
export const SESSION_MAX_AGE_S = 43_200;

export const SESSION_ROLES = ['citizen', 'officer', 'auditor', 'administrator'] as const;
export type SessionRole = (typeof SESSION_ROLES)[number];

/** base64url or UUID: random, or a digest. A name or an address does not fit. */
const OPAQUE = /^[\w-]{16,128}$/;

/** Who signed in at the pages, as the node may know it. */
export type Session = Readonly<{
  /** Random, the same in all tokens of the session. */
  id: string;
  role: SessionRole;
  assurance: Assurance;
  /** Pairwise pseudonym of the person at these pages; never a name. */
  actor: string;
  /** NumericDate. */
  signedInAt: number;
  /** Of a citizen: the subject token of the person themself. */
  subject: string | undefined;
}>;

export async function signSession(
  { id, role, assurance, actor, signedInAt, subject }: Session,
  by: Readonly<{ pages: string; issuer: string; key: SigningKey; nowMs: number }>,
): Promise<string> {
  const claims = { iss: by.pages, aud: by.issuer, sub: actor, sid: id, role, assurance, auth_time: signedInAt };
  const { token } = await signToken(
    { ...claims, ...(subject === undefined ? {} : { subject }) },
    { typ: SESSION_TYP, key: by.key, nowMs: by.nowMs, lifetimeS: SESSION_TOKEN_LIFETIME_S },
  );
  return token;
}

/** @throws TokenFault */
export async function verifySession(
  token: string,
  trust: Readonly<{ pages: string; issuer: string; keys: readonly VerificationKey[]; nowMs: number }>,
): Promise<Session> {
  const claims = await verifyToken(token, {
    typ: SESSION_TYP,
    issuer: trust.pages,
    audience: trust.issuer,
    keys: trust.keys,
    nowMs: trust.nowMs,
    maxLifetimeS: SESSION_TOKEN_LIFETIME_S,
  });
  const signedInAt = claimNumber(claims, 'auth_time');
  if (signedInAt > claims.iat) throw new TokenFault('NOT_YET');
  if (numericDate(trust.nowMs) - signedInAt >= SESSION_MAX_AGE_S) throw new TokenFault('EXPIRED');
  const role = claimOneOf(claims, 'role', SESSION_ROLES);
  // Only a citizen is whom they ask about: whom an officer searches for stands in the request.
  if ((claims.subject !== undefined) !== (role === 'citizen')) throw new TokenFault('CLAIM');
  return {
    id: opaque(claims, 'sid'),
    role,
    assurance: claimOneOf(claims, 'assurance', ASSURANCES),
    actor: opaque(claims, 'sub'),
    signedInAt,
    subject: role === 'citizen' ? claimText(claims, 'subject') : undefined,
  };
}

function opaque(claims: Readonly<Record<string, unknown>>, name: string): string {
  const text = claimText(claims, name);
  if (!OPAQUE.test(text)) throw new TokenFault('CLAIM');
  return text;
}

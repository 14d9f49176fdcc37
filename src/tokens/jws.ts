import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, importJWK, type JWK, type JWTPayload } from 'jose';
import type { KeyUse, ParticipantKey } from '../catalogue/catalogue.js';
import { numericDate } from '../platform/clock.js';
import { demandLength, isSignedBy, signatureIn, signatureOf } from './signature.js';
import { jsonOf, unverifiedClaims } from './unverified.js';

/** Why a token is not accepted. Goes to logs on both sides; callers see the reason of their step only. */
export type TokenFaultCode =
  | 'MALFORMED'
  | 'TOO_LARGE'
  | 'TYPE'
  | 'KEY_UNKNOWN'
  | 'ALGORITHM'
  | 'SIGNATURE'
  | 'ISSUER'
  | 'AUDIENCE'
  | 'EXPIRED'
  | 'NOT_YET'
  | 'LIVES_TOO_LONG'
  | 'BINDING'
  | 'CLAIM';

export class TokenFault extends Error {
  override readonly name = 'TokenFault';
  constructor(readonly code: TokenFaultCode) {
    super(`token refused: ${code}`);
  }
}

/** Private key of this process for one use, with the one algorithm it is bound to (RFC 8725bis). */
export type SigningKey = Readonly<{ kid: string; alg: string; key: CryptoKey }>;

/** Public key of a participant, from the catalogue and from nowhere else. */
export type VerificationKey = Readonly<{ kid: string; alg: string; key: CryptoKey }>;

export const MAX_TOKEN_BYTES = 16_384;
const CLOCK_SKEW_S = 60;
export const BASE64URL = /^[\w-]+$/;
/** Goes to databases and logs as it is: no control character, no text. */
const JTI = /^[\x21-\x7e]{16,128}$/;

export async function readSigningKey(keyFolder: string, use: KeyUse | 'log'): Promise<SigningKey> {
  const jwk: unknown = JSON.parse(await readFile(join(keyFolder, 'signing', `${use}.jwk.json`), 'utf8'));
  return importSigningKey(jwk);
}

export async function importSigningKey(jwk: unknown): Promise<SigningKey> {
  const { kid, alg, ...rest } = (typeof jwk === 'object' ? jwk : null) as Partial<JWK> & Record<string, unknown>;
  if (typeof kid !== 'string' || typeof alg !== 'string') throw new Error('a private key file needs kid and alg');
  // Extractable: this process has just read it from a file, and `node:crypto` takes no other.
  const key = await importJWK(rest as JWK, alg, { extractable: true });
  if (key instanceof Uint8Array) throw new Error('a symmetric key cannot sign');
  demandLength(key);
  return { kid, alg, key };
}

export async function importVerificationKey(
  entry: Omit<ParticipantKey, 'use'> & Partial<ParticipantKey>,
): Promise<VerificationKey> {
  const key = await importJWK(entry.jwk, entry.alg);
  if (key instanceof Uint8Array) throw new Error('a symmetric key cannot verify');
  demandLength(key);
  return { kid: entry.kid, alg: entry.alg, key };
}

export type SignSettings = Readonly<{ typ: string; key: SigningKey; nowMs: number; lifetimeS: number; jti?: string }>;

/** Signs claims as a compact JWS; `jti`, `iat` and `exp` are set here. */
export async function signToken(
  claims: Readonly<Record<string, unknown>>,
  settings: SignSettings,
): Promise<{ token: string; jti: string; exp: number }> {
  const iat = numericDate(settings.nowMs);
  const jti = settings.jti ?? randomUUID();
  const exp = iat + settings.lifetimeS;
  const { alg, kid } = settings.key;
  const token = signCompact({ alg, typ: settings.typ, kid }, { ...claims, jti, iat, exp }, settings.key);
  return { token, jti, exp };
}

/** A compact JWS (RFC 7515 § 7.1) over these claims as they are. */
export function signCompact(header: object, claims: object, key: SigningKey): string {
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${signatureOf(Buffer.from(signed), key).toString('base64url')}`;
}

export type VerifySettings = Readonly<{
  typ: string;
  issuer: string;
  audience: string;
  keys: readonly VerificationKey[];
  nowMs: number;
  /** Longest accepted `exp` − `iat`, seconds. */
  maxLifetimeS: number;
}>;

export type VerifiedClaims = JWTPayload & { iss: string; aud: string; jti: string; iat: number; exp: number };

/**
 * Verifies in the order of cost: size, header (`typ`, `kid`, the algorithm bound to that key), signature, issuer,
 * audience (one string, never a list), times. @throws TokenFault
 */
export async function verifyToken(token: string, settings: VerifySettings): Promise<VerifiedClaims> {
  if (token.length > MAX_TOKEN_BYTES) throw new TokenFault('TOO_LARGE');
  const header = readHeader(token);
  if (header.typ !== settings.typ) throw new TokenFault('TYPE');
  const trusted = settings.keys.find((key) => key.kid === header.kid);
  if (trusted === undefined) throw new TokenFault('KEY_UNKNOWN');
  if (header.alg !== trusted.alg) throw new TokenFault('ALGORITHM');
  // RFC 7515 § 4.1.11: what it says must be understood is nothing we know.
  if ('crit' in header || 'b64' in header) throw new TokenFault('MALFORMED');
  const payload = verifySignature(token, trusted);
  return checkClaims(payload, settings);
}

/** Whose token this claims to be: only to choose whose keys must verify it. @throws TokenFault */
export function unverifiedIssuer(token: string, typ: string): string {
  if (token.length > MAX_TOKEN_BYTES) throw new TokenFault('TOO_LARGE');
  if (readHeader(token).typ !== typ) throw new TokenFault('TYPE');
  const { iss } = unverifiedClaims(token);
  if (typeof iss === 'string') return iss;
  throw new TokenFault('MALFORMED');
}

function readHeader(token: string): Readonly<Record<string, unknown>> {
  const header = jsonOf(token.split('.')[0] ?? '');
  if (header === undefined) throw new TokenFault('MALFORMED');
  return header;
}

function verifySignature(token: string, trusted: VerificationKey): JWTPayload {
  const [header, payload, signature, ...others] = token.split('.');
  if (payload === undefined || signature === undefined || others.length > 0) throw new TokenFault('MALFORMED');
  if (![header, payload, signature].every((part) => part !== undefined && BASE64URL.test(part)))
    throw new TokenFault('MALFORMED');
  const [signed, bytes] = [Buffer.from(`${header}.${payload}`), signatureIn(signature)];
  if (bytes === undefined) throw new TokenFault('MALFORMED');
  if (!isSignedBy(signed, bytes, trusted)) throw new TokenFault('SIGNATURE');
  return payloadOf(payload);
}

function payloadOf(part: string): JWTPayload {
  const claims: JWTPayload | undefined = jsonOf(part);
  if (claims === undefined) throw new TokenFault('MALFORMED');
  const { iat, nbf, exp } = claims;
  // RFC 7519 § 4.1.4 to 4.1.6: numbers, where they are there.
  if ([iat, nbf, exp].some((time) => time !== undefined && typeof time !== 'number')) throw new TokenFault('MALFORMED');
  return claims;
}

function checkClaims(payload: JWTPayload, settings: VerifySettings): VerifiedClaims {
  const { iss, aud, jti, iat, nbf, exp } = payload;
  if (iss !== settings.issuer) throw new TokenFault('ISSUER');
  if (aud !== settings.audience) throw new TokenFault('AUDIENCE');
  if (typeof jti !== 'string' || !JTI.test(jti)) throw new TokenFault('CLAIM');
  if (typeof iat !== 'number' || typeof exp !== 'number') throw new TokenFault('CLAIM');
  const now = numericDate(settings.nowMs);
  if (Math.max(iat, nbf ?? iat) > now + CLOCK_SKEW_S) throw new TokenFault('NOT_YET');
  if (exp <= now) throw new TokenFault('EXPIRED');
  if (exp - iat > settings.maxLifetimeS) throw new TokenFault('LIVES_TOO_LONG');
  return { ...payload, iss, aud, jti, iat, exp };
}

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CryptoKey,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { KeyUse, ParticipantKey } from '../../../src/catalogue/catalogue.js';
import { numericDate } from '../../../src/platform/clock.js';

export const BASE64URL = /^[\w-]+$/;
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
/** Goes to databases and logs as it is: no control character, no text. */
const JTI = /^[\x21-\x7e]{16,128}$/;

export async function readSigningKey(keyFolder: string, use: KeyUse | 'log'): Promise<SigningKey> {
  const jwk: unknown = JSON.parse(await readFile(join(keyFolder, 'signing', `${use}.jwk.json`), 'utf8'));
  return importSigningKey(jwk);
}

export async function importSigningKey(jwk: unknown): Promise<SigningKey> {
  const { kid, alg, ...rest } = (typeof jwk === 'object' ? jwk : null) as Partial<JWK> & Record<string, unknown>;
  if (typeof kid !== 'string' || typeof alg !== 'string') throw new Error('a private key file needs kid and alg');
  const key = await importJWK(rest as JWK, alg);
  if (key instanceof Uint8Array) throw new Error('a symmetric key cannot sign');
  return { kid, alg, key };
}

export async function importVerificationKey(
  entry: Omit<ParticipantKey, 'use'> & Partial<ParticipantKey>,
): Promise<VerificationKey> {
  const key = await importJWK(entry.jwk, entry.alg);
  if (key instanceof Uint8Array) throw new Error('a symmetric key cannot verify');
  const imported = { kid: entry.kid, alg: entry.alg, key };
  jwks.set(imported, { ...entry.jwk });
  return imported;
}

const jwks = new WeakMap<VerificationKey, JWK>();

/** Anew for each token, from the text of the catalogue. */
export async function readKey(known: VerificationKey): Promise<CryptoKey> {
  const key = await importJWK(jwks.get(known) ?? {}, known.alg);
  if (key instanceof Uint8Array) throw new Error('a symmetric key cannot verify');
  return key;
}

export type SignSettings = Readonly<{ typ: string; key: SigningKey; nowMs: number; lifetimeS: number; jti?: string }>;

/** A compact JWS over these claims as they are, for those who want no others. */
export function signCompact(
  header: Readonly<Record<string, unknown>> & { alg: string },
  claims: object,
  key: SigningKey,
) {
  return new SignJWT({ ...claims }).setProtectedHeader(header).sign(key.key);
}

/** Signs claims as a compact JWS; `jti`, `iat` and `exp` are set here. */
export async function signToken(
  claims: Readonly<Record<string, unknown>>,
  settings: SignSettings,
): Promise<{ token: string; jti: string; exp: number }> {
  const iat = numericDate(settings.nowMs);
  const jti = settings.jti ?? randomUUID();
  const exp = iat + settings.lifetimeS;
  const token = await new SignJWT({ ...claims, jti, iat, exp })
    .setProtectedHeader({ alg: settings.key.alg, typ: settings.typ, kid: settings.key.kid })
    .sign(settings.key.key);
  return { token, jti, exp };
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
  const payload = await verifySignature(token, trusted);
  return checkClaims(payload, settings);
}

/** Whose token this claims to be: only to choose whose keys must verify it. @throws TokenFault */
export function unverifiedIssuer(token: string, typ: string): string {
  if (token.length > MAX_TOKEN_BYTES) throw new TokenFault('TOO_LARGE');
  if (readHeader(token).typ !== typ) throw new TokenFault('TYPE');
  try {
    const { iss } = decodeJwt(token);
    if (typeof iss === 'string') return iss;
  } catch {
    // Not even readable.
  }
  throw new TokenFault('MALFORMED');
}

function readHeader(token: string): { typ?: unknown; kid?: unknown; alg?: unknown } {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new TokenFault('MALFORMED');
  }
}

async function verifySignature(token: string, trusted: VerificationKey): Promise<JWTPayload> {
  try {
    // Times are checked below against our own clock; jose would use the machine's.
    const { payload } = await jwtVerify(token, await readKey(trusted), {
      algorithms: [trusted.alg],
      clockTolerance: Number.MAX_SAFE_INTEGER,
    });
    return payload;
  } catch (error) {
    throw new TokenFault(error instanceof errors.JWSSignatureVerificationFailed ? 'SIGNATURE' : 'MALFORMED');
  }
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

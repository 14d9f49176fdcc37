import { compactVerify, importJWK } from 'jose';
import type { KeySet } from './answer.js';
import { isObject, type JsonObject } from './document.js';

const ALGORITHMS: readonly unknown[] = ['ES256', 'Ed25519', 'PS256'];

/** Why a token does not hold, without a value of it. */
export class JwsFault extends Error {
  override readonly name = 'JwsFault';
}

/** Who must have signed, for a person to read, and the keys of whoever the claims say it was. */
export type Signer = Readonly<{ name: string; keys: (unverified: JsonObject) => KeySet | undefined }>;

/**
 * Claims of a compact JWS of this type, signed with a key of the signer and with the one algorithm that the key is bound to
 * (RFC 8725). Throws {@link JwsFault}, and what jose throws for a signature that does not hold.
 */
export async function openJws(jws: string, typ: string, { name, keys }: Signer): Promise<JsonObject> {
  const [protectedHeader = '', body = '', signature = ''] = jws.split('.');
  const header = jsonObject(protectedHeader);
  const unverified = jsonObject(body);
  // Header and claims are signed as text; the signature itself would have several texts.
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature) throw new JwsFault('not a token');
  if (header.typ !== typ) throw new JwsFault(`the type is not ${typ}`);
  if ('crit' in header) throw new JwsFault('the header has critical extensions');
  const jwk = keys(unverified)?.keys.find(({ kid }) => kid === header.kid);
  if (jwk === undefined) throw new JwsFault(`the key is not one of ${name}`);
  if (header.alg !== jwk.alg || !ALGORITHMS.includes(jwk.alg)) throw new JwsFault('not the algorithm of this key');
  const alg = String(jwk.alg);
  await compactVerify(jws, await importJWK({ ...jwk }, alg), { algorithms: [alg] });
  return unverified;
}

/** A part of a token. Throws {@link JwsFault}. */
export function readPart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    throw new JwsFault('not a token');
  }
}

function jsonObject(part: string): JsonObject {
  const value = readPart(part);
  if (!isObject(value)) throw new JwsFault('not a token');
  return value;
}

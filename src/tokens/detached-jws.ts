import { FlattenedSign } from 'jose';
import type { SigningKey } from './jws.js';

/** Compact JWS whose payload stands elsewhere (RFC 7515 appendix F). */
export async function signDetached(payload: Uint8Array, typ: string, { alg, kid, key }: SigningKey): Promise<string> {
  const signed = await new FlattenedSign(payload).setProtectedHeader({ alg, kid, typ }).sign(key);
  return `${signed.protected}..${signed.signature}`;
}

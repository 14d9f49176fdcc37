import { hash } from 'node:crypto';

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
};

/** base64url SHA-256 of the key itself, whatever else its JWK says (RFC 7638). */
export function keyThumbprint(jwk: Readonly<Record<string, unknown>>): string {
  const members = (REQUIRED[String(jwk.kty)] ?? []).map((name) => [name, jwk[name]]);
  return hash('sha256', JSON.stringify(Object.fromEntries(members)), 'base64url');
}

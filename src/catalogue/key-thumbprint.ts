import { hash } from 'node:crypto';

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
};

/** Of keys that nobody can change: those of a catalogue are asked for with every request. */
const known = new WeakMap<object, string>();

/** base64url SHA-256 of the key itself, whatever else its JWK says (RFC 7638). */
export function keyThumbprint(jwk: Readonly<Record<string, unknown>>): string {
  const thumbprint = known.get(jwk) ?? thumbprintOf(jwk);
  if (Object.isFrozen(jwk)) known.set(jwk, thumbprint);
  return thumbprint;
}

function thumbprintOf(jwk: Readonly<Record<string, unknown>>): string {
  const members = (REQUIRED[String(jwk.kty)] ?? []).map((name) => [name, jwk[name]]);
  return hash('sha256', JSON.stringify(Object.fromEntries(members)), 'base64url');
}

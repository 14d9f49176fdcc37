import { constants, KeyObject, sign, verify } from 'node:crypto';
import type { CryptoKey } from 'jose';

const PSS_SALT_BYTES = 32;
const keyObjects = new WeakMap<CryptoKey, KeyObject>();

/** The same key for the calls of `node:crypto`. */
export function keyObjectOf(key: CryptoKey): KeyObject {
  const known = keyObjects.get(key);
  if (known !== undefined) return known;
  const made = KeyObject.from(key);
  keyObjects.set(key, made);
  return made;
}

/**
 * A JWS signature (RFC 7518 § 3.1, RFC 9864). On this thread: WebCrypto wakes another one for each signature, which costs
 * more than the signature does. @throws TypeError for an algorithm that no key of ours is bound to
 */
export function signatureOf(data: Uint8Array, { alg, key }: Readonly<{ alg: string; key: CryptoKey }>): Buffer {
  const { hash, ...how } = howTo(alg);
  return sign(hash, data, { key: keyObjectOf(key), ...how });
}

/** @throws TypeError as `signatureOf` */
export function isSignedBy(
  data: Uint8Array,
  signature: Uint8Array,
  { alg, key }: Readonly<{ alg: string; key: CryptoKey }>,
): boolean {
  const { hash, ...how } = howTo(alg);
  return verify(hash, data, { key: keyObjectOf(key), ...how }, signature);
}

function howTo(alg: string) {
  switch (alg) {
    case 'ES256':
      // JWS has the two numbers side by side, OpenSSL wraps them in DER (RFC 7518 § 3.4).
      return { hash: 'sha256', dsaEncoding: 'ieee-p1363' } as const;
    case 'Ed25519':
      return { hash: null } as const;
    case 'PS256':
      return { hash: 'sha256', padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: PSS_SALT_BYTES } as const;
    default:
      throw new TypeError('no key of ours is bound to this algorithm');
  }
}

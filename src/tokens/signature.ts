import { constants, KeyObject, sign, verify } from 'node:crypto';
import type { CryptoKey } from 'jose';

const PSS_SALT_BYTES = 32;
/** Of each of the two numbers of a signature on P-256. */
const NUMBER_BYTES = 32;
const keyObjects = new WeakMap<CryptoKey, KeyObject>();

type KeyWithAlg = Readonly<{ alg: string; key: CryptoKey }>;

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
export function signatureOf(data: Uint8Array, { alg, key }: KeyWithAlg): Buffer {
  const keyObject = keyObjectOf(key);
  switch (alg) {
    case 'ES256':
      // With the key beside its options Node 24 takes twice the time: it throws and catches to find out that they are none.
      return besideEachOther(sign('sha256', data, keyObject));
    case 'Ed25519':
      return sign(null, data, keyObject);
    case 'PS256':
      return sign('sha256', data, pss(keyObject));
    default:
      throw new TypeError('no key of ours is bound to this algorithm');
  }
}

/** RFC 7518 § 3.5, of the modulus; the library that imports keys leaves it to whoever uses them. */
const LEAST_RSA_BITS = 2048;

/** @throws TypeError for an RSA key that is too short */
export function demandLength(key: CryptoKey): void {
  const { modulusLength = LEAST_RSA_BITS } = keyObjectOf(key).asymmetricKeyDetails ?? {};
  if (modulusLength < LEAST_RSA_BITS) throw new TypeError(`an RSA key needs ${LEAST_RSA_BITS} bits`);
}

/** The bytes of a signature; undefined for one of the other texts that decode to the same (RFC 7515 § 2, RFC 4648 § 3.5). */
export function signatureIn(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

/** @throws TypeError as `signatureOf` */
export function isSignedBy(data: Uint8Array, signature: Uint8Array, { alg, key }: KeyWithAlg): boolean {
  const keyObject = keyObjectOf(key);
  switch (alg) {
    case 'ES256':
      return signature.length === 2 * NUMBER_BYTES && verify('sha256', data, keyObject, sequenceOf(signature));
    case 'Ed25519':
      return verify(null, data, keyObject, signature);
    case 'PS256':
      return verify('sha256', data, pss(keyObject), signature);
    default:
      throw new TypeError('no key of ours is bound to this algorithm');
  }
}

function pss(key: KeyObject) {
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: PSS_SALT_BYTES };
}

/** JWS has the two numbers beside each other (RFC 7518 § 3.4), X9.62 and OpenSSL as a DER sequence of two integers. */
function sequenceOf(signature: Uint8Array): Buffer {
  const numbers = [signature.subarray(0, NUMBER_BYTES), signature.subarray(NUMBER_BYTES)].map(integerOf);
  const body = Buffer.concat(numbers);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

/** The shortest form, positive: no zero in front, but one where the first bit is set (X.690 § 8.3). */
function integerOf(number: Uint8Array): Buffer {
  let first = 0;
  while (first < number.length - 1 && number[first] === 0) first += 1;
  const bytes = number.subarray(first);
  const sign = (bytes[0] ?? 0) > 0x7f ? [0] : [];
  return Buffer.concat([Buffer.of(0x02, bytes.length + sign.length, ...sign), bytes]);
}

/** What OpenSSL made a moment ago. */
function besideEachOther(sequence: Buffer): Buffer {
  const numbers = Buffer.alloc(2 * NUMBER_BYTES);
  let at = 2;
  for (const end of [NUMBER_BYTES, 2 * NUMBER_BYTES]) {
    const length = sequence[at + 1] ?? 0;
    const integer = sequence.subarray(at + 2, at + 2 + length);
    const bytes = integer.subarray(Math.max(0, length - NUMBER_BYTES));
    bytes.copy(numbers, end - bytes.length);
    at += 2 + length;
  }
  return numbers;
}

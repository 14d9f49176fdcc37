import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  KeyObject,
  randomBytes,
} from 'node:crypto';
import { type CryptoKey, decodeProtectedHeader, type JWK } from 'jose';
import { EVIDENCE_TYP, MAX_CREDENTIAL_BYTES } from './evidence-credential.js';
import { TokenFault } from './jws.js';
import { keyObjectOf } from './signature.js';

/** To an agreed key on P-256 or X25519, with a fresh one of the register on the same curve (RFC 7518 § 4.6, RFC 8037 § 3.2). */
const ALG = 'ECDH-ES';
const ENC = 'A256GCM';
const CIPHER = 'aes-256-gcm';
const KEY_BITS = 256;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A third more for base64url (RFC 4648 § 5), and the other parts of a JWE. */
const MAX_JWE_BYTES = Math.ceil(MAX_CREDENTIAL_BYTES * (4 / 3)) + 1024;
const COMPACT = /^[\w-]+\.\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/;
/** What a header may hold; `crit` and `zip` would change what is to be done. */
const MEMBERS: ReadonlySet<string> = new Set(['alg', 'enc', 'kid', 'cty', 'typ', 'epk', 'apu', 'apv']);

export type EncryptionKey = Readonly<{ kid: string; key: CryptoKey | Uint8Array }>;

/** @returns compact JWE (RFC 7516) with an SD-JWT VC inside */
export async function sealEvidence(credential: string, { kid, key }: EncryptionKey): Promise<string> {
  const theirs = agreementKey(key);
  const { publicKey, privateKey } = freshKeyLike(theirs);
  const epk = publicKey.export({ format: 'jwk' });
  const header = Buffer.from(JSON.stringify({ alg: ALG, enc: ENC, kid, cty: EVIDENCE_TYP, epk })).toString('base64url');
  const iv = randomBytes(IV_BYTES);
  const secret = diffieHellman({ privateKey, publicKey: theirs });
  const cipher = createCipheriv(CIPHER, contentKey(secret, {}), iv).setAAD(Buffer.from(header));
  const sealed = Buffer.concat([cipher.update(credential, 'utf8'), cipher.final()]);
  const parts = [iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return `${header}..${parts.join('.')}`;
}

/** @throws TokenFault */
export async function openEvidence(jwe: string, key: EncryptionKey['key']): Promise<string> {
  try {
    const header = headerOf(jwe);
    if (!COMPACT.test(jwe) || header.alg !== ALG || header.enc !== ENC) throw new TokenFault('MALFORMED');
    if (Object.keys(header).some((name) => !MEMBERS.has(name))) throw new TokenFault('MALFORMED');
    const [aad = '', , iv = '', sealed = '', tag = ''] = jwe.split('.');
    // Reading it proves that the point is on its curve, and the agreement that the curve is that of our key.
    const publicKey = createPublicKey({ key: publicPart(header.epk), format: 'jwk' });
    const secret = diffieHellman({ privateKey: agreementKey(key), publicKey });
    const options = { authTagLength: TAG_BYTES };
    const cipher = createDecipheriv(CIPHER, contentKey(secret, header), Buffer.from(iv, 'base64url'), options)
      .setAAD(Buffer.from(aad))
      .setAuthTag(Buffer.from(tag, 'base64url'));
    const opened = Buffer.concat([cipher.update(Buffer.from(sealed, 'base64url')), cipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(opened);
  } catch {
    throw new TokenFault('MALFORMED');
  }
}

/** To which key it says it is encrypted, in the one way that is accepted; nothing of it is opened. @throws TokenFault */
export function sealedTo(jwe: string): Readonly<{ kid: string }> {
  if (jwe.length > MAX_JWE_BYTES) throw new TokenFault('TOO_LARGE');
  // ECDH-ES agrees on the content key itself: the part of an encrypted key is empty (RFC 7518 § 4.6).
  if (!COMPACT.test(jwe)) throw new TokenFault('MALFORMED');
  const { alg, enc, kid } = headerOf(jwe);
  if (alg !== ALG || enc !== ENC) throw new TokenFault('ALGORITHM');
  if (typeof kid !== 'string') throw new TokenFault('KEY_UNKNOWN');
  return { kid };
}

type Header = Readonly<Record<string, unknown>>;

function headerOf(jwe: string): Header {
  try {
    return decodeProtectedHeader(jwe);
  } catch {
    throw new TokenFault('MALFORMED');
  }
}

function agreementKey(key: EncryptionKey['key']): KeyObject {
  if (key instanceof Uint8Array) throw new TypeError('a symmetric key agrees on nothing');
  return keyObjectOf(key);
}

function freshKeyLike({ asymmetricKeyType }: KeyObject) {
  return asymmetricKeyType === 'x25519'
    ? generateKeyPairSync('x25519')
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** Never a private key that somebody sent along. */
function publicPart(epk: unknown): JWK {
  const { kty, crv, x, y } = (typeof epk === 'object' ? epk : null) as JWK;
  const isKnown = (kty === 'EC' && crv === 'P-256' && y !== undefined) || (kty === 'OKP' && crv === 'X25519');
  if (!isKnown || kty === undefined || x === undefined) throw new TokenFault('MALFORMED');
  return kty === 'EC' && y !== undefined ? { kty, crv, x, y } : { kty, crv, x };
}

/** One round of Concat KDF is as long as the key (NIST SP 800-56A § 5.8.1, RFC 7518 § 4.6.2). */
function contentKey(secret: Buffer, { apu, apv }: Header): KeyObject {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const withLength = (bytes: Buffer) => [number(bytes.length), bytes];
  const party = (value: unknown) => {
    if (value !== undefined && typeof value !== 'string') throw new TokenFault('MALFORMED');
    return Buffer.from(value ?? '', 'base64url');
  };
  const parts = [Buffer.from(ENC), party(apu), party(apv)].flatMap(withLength);
  const derived = createHash('sha256').update(Buffer.concat([number(1), secret, ...parts, number(KEY_BITS)]));
  // A key as a Buffer costs Node 24 three times as much as the same one as a KeyObject.
  return createSecretKey(derived.digest());
}

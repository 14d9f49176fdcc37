import { constants, createPublicKey, type JsonWebKey, type VerifyKeyObjectInput, verify } from 'node:crypto';
import type { ParticipantKey } from './catalogue.js';

type Settings = Readonly<{ digest: string | null; options: Omit<VerifyKeyObjectInput, 'key'> }>;

/** RFC 7518 § 3.4, § 3.5, RFC 9864 § 2.2. */
const ALGORITHMS: Readonly<Partial<Record<ParticipantKey['alg'], Settings>>> = {
  ES256: { digest: 'sha256', options: { dsaEncoding: 'ieee-p1363' } },
  Ed25519: { digest: null, options: {} },
  PS256: { digest: 'sha256', options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } },
};

const DETACHED = /^([\w-]{1,1024})\.\.([\w-]{1,1024})$/;
const KNOWN_HEADER = ['alg', 'kid', 'typ'];

/**
 * Whether a compact JWS with detached payload (RFC 7515 appendix F) is over these bytes, of this type, by one of these keys with
 * the one algorithm it is bound to. A catalogue is read at once, and the implementation of the tokens is not.
 */
export function isSigned(payload: Buffer, jws: string, typ: string, keys: readonly ParticipantKey[]): boolean {
  const [, header = '', signature = ''] = DETACHED.exec(jws) ?? [];
  const read = readHeader(header);
  const key = keys.find(({ kid }) => kid === read?.kid);
  const algorithm = key && ALGORITHMS[key.alg];
  if (key === undefined || algorithm === undefined || read?.typ !== typ || read.alg !== key.alg) return false;
  const input = Buffer.from(`${header}.${payload.toString('base64url')}`);
  try {
    const publicKey = createPublicKey({ key: key.jwk as JsonWebKey, format: 'jwk' });
    return verify(
      algorithm.digest,
      input,
      { key: publicKey, ...algorithm.options },
      Buffer.from(signature, 'base64url'),
    );
  } catch {
    // A malformed key signs nothing; the check of the keys says so.
    return false;
  }
}

/** A member that it does not know might change what the signature means (RFC 7515 § 4.1.11). */
function readHeader(header: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
    if (typeof read !== 'object' || read === null) return undefined;
    return Object.keys(read).every((it) => KNOWN_HEADER.includes(it)) ? { ...read } : undefined;
  } catch {
    return undefined;
  }
}

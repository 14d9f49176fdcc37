import { CompactEncrypt, type CryptoKey, compactDecrypt, decodeProtectedHeader } from 'jose';
import { EVIDENCE_TYP, MAX_CREDENTIAL_BYTES } from './evidence-credential.js';
import { TokenFault } from './jws.js';

/** To an agreed key on P-256 or X25519, with a fresh one of the register on the same curve (RFC 7518 § 4.6, RFC 8037 § 3.2). */
const ALG = 'ECDH-ES';
const ENC = 'A256GCM';

/** A third more for base64url (RFC 4648 § 5), and the other parts of a JWE. */
const MAX_JWE_BYTES = Math.ceil(MAX_CREDENTIAL_BYTES * (4 / 3)) + 1024;
const COMPACT = /^[\w-]+\.\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/;

export type EncryptionKey = Readonly<{ kid: string; key: CryptoKey | Uint8Array }>;

/** @returns compact JWE (RFC 7516) with an SD-JWT VC inside */
export function sealEvidence(credential: string, { kid, key }: EncryptionKey): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(credential))
    .setProtectedHeader({ alg: ALG, enc: ENC, kid, cty: EVIDENCE_TYP })
    .encrypt(key);
}

/** @throws TokenFault */
export async function openEvidence(jwe: string, key: EncryptionKey['key']): Promise<string> {
  try {
    const { plaintext } = await compactDecrypt(jwe, key, {
      keyManagementAlgorithms: [ALG],
      contentEncryptionAlgorithms: [ENC],
    });
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
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

function headerOf(jwe: string): ReturnType<typeof decodeProtectedHeader> {
  try {
    return decodeProtectedHeader(jwe);
  } catch {
    throw new TokenFault('MALFORMED');
  }
}

import { type CryptoKey, exportJWK, generateKeyPair } from 'jose';
import type { KeyUse, ParticipantKey } from '../../src/catalogue/catalogue.js';
import type { SigningKey, VerificationKey } from '../../src/tokens/jws.js';

/** A synthetic key pair with the one algorithm it is bound to. */
export type KeyPair = Readonly<{ signing: SigningKey; verification: VerificationKey; published: ParticipantKey }>;

export async function aKeyPair(
  kid = 'test-1',
  alg: 'ES256' | 'Ed25519' | 'PS256' = 'ES256',
  use: KeyUse = 'attestation',
): Promise<KeyPair> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return {
    signing: { kid, alg, key: privateKey as CryptoKey },
    verification: { kid, alg, key: publicKey as CryptoKey },
    published: { kid, use, alg, jwk: { ...(await exportJWK(publicKey)) } },
  };
}

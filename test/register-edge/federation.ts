import { randomBytes } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair } from 'jose';
import type { Catalogue, KeyUse, ParticipantKey } from '../../src/catalogue/catalogue.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import type { SigningKey } from '../../src/tokens/jws.js';
import { agreed } from '../support/agreements.js';

const USES: readonly (readonly [participant: string, uses: readonly KeyUse[]])[] = [
  ['familienkasse-online', ['client-assertion', 'attestation', 'encryption']],
  ['elterngeld-online', ['client-assertion', 'attestation']],
  ['intermediary', ['permission']],
  ['node', ['trigger', 'access-token', 'receipt']],
  ['pages', ['client-assertion', 'attestation', 'session']],
  ['melderegister-bremen', ['evidence']],
  ['personenstand-bremen', ['evidence']],
  ['familienkasse-register', ['evidence']],
  ['identity-directory', ['evidence']],
];

/** The catalogue of the project with fresh keys whose private halves the test holds. */
export type Federation = Readonly<{
  current: CurrentCatalogue;
  nodeCertificate: string;
  /** Private key of a participant for one use. */
  key(participant: string, use: KeyUse): SigningKey;
}>;

export async function aFederation(
  change: (catalogue: Catalogue) => Catalogue = (it) => it,
  { crv = 'P-256' }: Readonly<{ crv?: 'P-256' | 'X25519' }> = {},
): Promise<Federation> {
  const published = new Map<string, ParticipantKey[]>();
  const held = new Map<string, SigningKey>();
  for (const [participant, uses] of USES) {
    for (const use of uses) {
      const alg = use === 'encryption' ? 'ECDH-ES' : 'ES256';
      const { publicKey, privateKey } = await generateKeyPair(alg, {
        extractable: true,
        ...(use === 'encryption' ? { crv } : {}),
      });
      const kid = `${participant}-${use}`;
      published.set(participant, [
        ...(published.get(participant) ?? []),
        { kid, use, alg, jwk: { ...(await exportJWK(publicKey as CryptoKey)) } },
      ]);
      held.set(kid, { kid, alg, key: privateKey as CryptoKey });
    }
  }
  const thumbprints = new Map(USES.map(([participant]) => [participant, randomBytes(32).toString('base64url')]));
  const catalogue = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
  const keys = [...published].map(([participant, own]) => ({
    participant,
    certificates: [thumbprints.get(participant) ?? ''],
    keys: own,
  }));
  return {
    current: new CurrentCatalogue(agreed(change({ ...catalogue, keys }))),
    nodeCertificate: thumbprints.get('node') ?? '',
    key: (participant, use) => {
      const key = held.get(`${participant}-${use}`);
      if (key === undefined) throw new Error('the federation holds no such key');
      return key;
    },
  };
}

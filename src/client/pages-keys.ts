import type { KeyUse } from '../catalogue/catalogue.js';
import { readSigningKey, type SigningKey } from '../tokens/jws.js';

/** What pages sign with. Read anew for each signature: another key may have taken its place. */
export type PagesKeys = Readonly<{
  assertion: SigningKey;
  attestation: SigningKey;
  session: SigningKey;
}>;

export async function readPagesKeys(keyFolder: string): Promise<PagesKeys> {
  const read = (use: KeyUse) => readSigningKey(keyFolder, use);
  return {
    assertion: await read('client-assertion'),
    attestation: await read('attestation'),
    session: await read('session'),
  };
}

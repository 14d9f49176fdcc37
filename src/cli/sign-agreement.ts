import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { AGREEMENT_TYP, agreementBytes, REVOCATION_TYP, revocationBytes } from '../catalogue/agreement.js';
import type { Agreement } from '../catalogue/catalogue.js';
import { ConfigFault } from '../platform/config.js';
import { signDetached } from '../tokens/detached-jws.js';
import { importSigningKey } from '../tokens/jws.js';

export type SignOptions = Readonly<{ file: string; key: string; revoke?: string }>;

/** One side's signature under an agreement, or under its revocation; the catalogue is checked with it in place. */
export async function signAgreement(id: string, { file, key, revoke }: SignOptions): Promise<string> {
  const { agreements = [] }: { agreements?: readonly Agreement[] } = parse(await readFile(file, 'utf8')) ?? {};
  const agreement = agreements.find((it) => it.id === id);
  if (agreement === undefined) throw new ConfigFault([`${file} has no agreement "${id}"`]);
  const signingKey = await importSigningKey(JSON.parse(await readFile(key, 'utf8')));
  return revoke === undefined
    ? signDetached(agreementBytes(agreement), AGREEMENT_TYP, signingKey)
    : signDetached(revocationBytes(agreement, revoke), REVOCATION_TYP, signingKey);
}

import { AGREEMENT_TYP, agreementBytes, signerOf } from '../catalogue/agreement.js';
import type { Agreement, Catalogue, ParticipantKeys } from '../catalogue/catalogue.js';
import { draftAgreements, type UnsignedAgreement } from '../onboarding/draft-agreement.js';
import { signDetached } from '../tokens/detached-jws.js';
import { readSigningKey, type SigningKey } from '../tokens/jws.js';
import type { Pki } from './pki.js';

type Ground = Pick<Catalogue, 'participants' | 'registers' | 'rules'>;

/** As if each two that have keys had agreed on exactly what the rules allow. */
export function agreementsOn(
  ground: Ground,
  keys: readonly ParticipantKeys[],
  node: string,
): readonly UnsignedAgreement[] {
  return draftAgreements(ground, keys, { node, validFrom: '2026-01-01T00:00:00Z', validUntil: '2036-01-01T00:00:00Z' });
}

/** Signed by both sides with their own keys, which a demo has all of. */
export async function signedAgreements(ground: Ground, pki: Pki, node: string): Promise<readonly Agreement[]> {
  const keys = new Map<string, SigningKey>();
  const signed: Agreement[] = [];
  for (const content of agreementsOn(ground, pki.keys, node)) {
    const unsigned: Agreement = { ...content, signatures: {} };
    const sign = async (side: 'consumer' | 'register') => {
      const signer = signerOf(content, side, ground.registers) ?? '';
      const key = keys.get(signer) ?? (await readSigningKey(pki.folderOf(signer), 'agreement'));
      keys.set(signer, key);
      return signDetached(agreementBytes(unsigned), AGREEMENT_TYP, key);
    };
    signed.push({ ...content, signatures: { consumer: await sign('consumer'), register: await sign('register') } });
  }
  return signed;
}

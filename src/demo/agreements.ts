import { AGREEMENT_TYP, agreementBytes, signerOf } from '../catalogue/agreement.js';
import type { AgreedTransfer, Agreement, Catalogue, ParticipantKeys, Rule } from '../catalogue/catalogue.js';
import { keyThumbprint } from '../catalogue/key-thumbprint.js';
import { ASKING } from '../catalogue/known.js';
import { signDetached } from '../tokens/detached-jws.js';
import { readSigningKey, type SigningKey } from '../tokens/jws.js';
import type { Pki } from './pki.js';

type Ground = Pick<Catalogue, 'participants' | 'registers' | 'rules'>;
type Unsigned = Omit<Agreement, 'signatures'>;

/** What the rules allow between each two that have keys, and no more: as if they had agreed on exactly that. */
export function agreementsOn(
  { participants, registers, rules }: Ground,
  keys: readonly ParticipantKeys[],
  node: string,
): readonly Unsigned[] {
  const keyed = new Map(keys.map((it) => [it.participant, it]));
  const consumers = participants.filter(({ id, kind }) => ASKING.includes(kind) && keyed.has(id));
  const keepers = registers.filter(({ participant, connected }) => connected !== false && keyed.has(participant));
  const thumbprints = (participant: string, use: 'encryption' | 'trigger') =>
    keyed
      .get(participant)
      ?.keys.filter((it) => it.use === use)
      .map(({ jwk }) => keyThumbprint(jwk)) ?? [];
  return consumers.flatMap(({ id: consumer }) =>
    keepers.flatMap(({ id: register, type }) => {
      const concerned = (rule: Rule) =>
        rule.effect === 'allow' &&
        ['any', consumer].includes(rule.consumer) &&
        ['any', register, `type:${type}`].includes(rule.provider);
      const transfers = united(rules.filter(concerned));
      if (transfers.length === 0) return [];
      return {
        ...{ id: `${consumer}--${register}`, consumer, register, node },
        ...{ encryption_keys: thumbprints(consumer, 'encryption'), node_keys: thumbprints(node, 'trigger') },
        ...{ valid_from: '2026-01-01T00:00:00Z', valid_until: '2036-01-01T00:00:00Z', transfers },
      };
    }),
  );
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

function united(rules: readonly Rule[]): readonly AgreedTransfer[] {
  const transfers = new Map<string, AgreedTransfer>();
  for (const { evidence_type, purpose, legal_basis, fields } of rules) {
    const key = `${evidence_type} ${purpose} ${legal_basis}`;
    const others = transfers.get(key)?.fields ?? [];
    transfers.set(key, {
      ...{ evidence_type, purpose, legal_basis },
      fields: [...new Set([...others, ...fields])].toSorted(),
    });
  }
  return [...transfers.values()];
}

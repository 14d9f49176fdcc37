import type { AgreedTransfer, Agreement, Catalogue, ParticipantKeys, Rule } from '../catalogue/catalogue.js';
import { keyThumbprint } from '../catalogue/key-thumbprint.js';
import { ASKING } from '../catalogue/known.js';
import { isFrom } from '../catalogue/rule-provider.js';

export type UnsignedAgreement = Omit<Agreement, 'signatures'>;
type Ground = Pick<Catalogue, 'participants' | 'registers' | 'rules'>;

/** Which node asks for the consumers, and from when until when (ISO 8601, UTC, to the second). */
export type AgreementTerms = Readonly<{ node: string; validFrom: string; validUntil: string }>;

/**
 * What two sides would sign: what the rules allow between each two that have keys, and no more. A side that wants less takes it
 * out of the draft, and the rules must follow.
 */
export function draftAgreements(
  { participants, registers, rules }: Ground,
  keys: readonly ParticipantKeys[],
  { node, validFrom, validUntil }: AgreementTerms,
): readonly UnsignedAgreement[] {
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
        rule.effect === 'allow' && ['any', consumer].includes(rule.consumer) && isFrom(rule, { id: register, type });
      const transfers = united(rules.filter(concerned));
      if (transfers.length === 0) return [];
      return {
        ...{ id: `${consumer}--${register}`, consumer, register, node },
        ...{ encryption_keys: thumbprints(consumer, 'encryption'), node_keys: thumbprints(node, 'trigger') },
        ...{ valid_from: validFrom, valid_until: validUntil, transfers },
      };
    }),
  );
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

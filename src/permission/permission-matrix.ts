import type { LegalBasis, Rule } from '../catalogue/catalogue.js';
import { ASKING } from '../catalogue/known.js';
import { isFrom } from '../catalogue/rule-provider.js';
import { type Allowed, decideTransfer } from './decide-transfer.js';
import { ANY, type RuleIndex } from './rule-index.js';
import type { TransferQuestion } from './transfer-question.js';

/** What the rules let one consumer have of one evidence type, for one purpose, on one legal basis. */
export type PermittedTransfer = Readonly<{
  consumer: string;
  evidence_type: string;
  /** A register, or `type:` and a type where all its registers are alike. */
  provider: string;
  purpose: string;
  legalBasis: LegalBasis;
  decision: Allowed;
}>;

/**
 * Everything that is permitted, by consumer, evidence type, register, purpose, legal basis. It asks what some allow is about
 * and decides that; what no allow is about is refused.
 */
export function permissionMatrix(
  rules: RuleIndex,
  isWanted: (question: TransferQuestion) => boolean = () => true,
): readonly PermittedTransfer[] {
  const { lookup } = rules;
  const asked = new Map<string, TransferQuestion>();
  for (const rule of lookup.catalogue.rules)
    if (rule.effect === 'allow')
      for (const question of questionsAbout(rules, rule)) if (isWanted(question)) asked.set(keyOf(question), question);
  const permitted = [...asked.values()].flatMap((question): PermittedTransfer[] => {
    const decision = decideTransfer(rules, question);
    const legalBasis = lookup.legalBasis(question.legal_basis);
    if (decision.kind === 'refused' || legalBasis === undefined) return [];
    const { consumer, evidence_type, provider, purpose } = question;
    return [{ consumer, evidence_type, provider, purpose, legalBasis, decision }];
  });
  const sorted = permitted.sort((a, b) => (rowKey(a) < rowKey(b) ? -1 : 1));
  return alike(rules, sorted);
}

function questionsAbout({ lookup }: RuleIndex, rule: Rule): readonly TransferQuestion[] {
  const { catalogue } = lookup;
  const named = (pattern: string, all: readonly Readonly<{ id: string }>[]) =>
    pattern === ANY ? all.map(({ id }) => id) : [pattern];
  const consumers = catalogue.participants.filter(({ kind }) => ASKING.includes(kind));
  const types = named(rule.evidence_type, catalogue.evidence_types);
  return types.flatMap((evidence_type) =>
    catalogue.registers
      .filter((it) => it.evidence_types.includes(evidence_type) && isFrom(rule, it))
      .flatMap(({ id: provider }) =>
        named(rule.consumer, consumers).flatMap((consumer) =>
          named(rule.purpose, catalogue.purposes).flatMap((purpose) =>
            named(rule.legal_basis, catalogue.legal_bases).map((legal_basis) => ({
              ...{ consumer, provider, evidence_type, purpose, legal_basis },
            })),
          ),
        ),
      ),
  );
}

/** One line instead of one for each of thousands of population registers, where nothing tells them apart. */
function alike({ lookup }: RuleIndex, permitted: readonly PermittedTransfer[]): readonly PermittedTransfer[] {
  const groups = Map.groupBy(permitted, (it) => {
    const type = lookup.register(it.provider)?.type;
    return JSON.stringify([it.consumer, it.evidence_type, type, it.purpose, it.legalBasis.id, it.decision]);
  });
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const type = first && lookup.register(first.provider)?.type;
    const all = lookup.catalogue.registers.filter(
      (it) => it.type === type && first !== undefined && it.evidence_types.includes(first.evidence_type),
    );
    return first && all.length > 1 && all.length === group.length ? [{ ...first, provider: `type:${type}` }] : group;
  });
}

function keyOf(question: TransferQuestion): string {
  const { consumer, evidence_type, provider, purpose, legal_basis } = question;
  return `${consumer}\n${evidence_type}\n${provider}\n${purpose}\n${legal_basis}`;
}

function rowKey({ legalBasis, ...it }: PermittedTransfer): string {
  return keyOf({ ...it, legal_basis: legalBasis.id });
}

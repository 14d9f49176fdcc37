import { ASSURANCES, type Assurance } from '../catalogue/catalogue.js';
import type { PermittedTransfer__Output } from '../platform/rpc-types/einmal/broker/v1/PermittedTransfer.js';

/** What the rules let this participant have of one evidence type, for one purpose, on one legal basis. */
export type PermittedEvidence = Readonly<{
  evidence_type: string;
  /** A register, or `type:` and a type. */
  register: string;
  purpose: string;
  purpose_hash: string;
  legal_basis: string;
  norm: string;
  /** Whether the legal basis is a task of the authority itself. */
  is_task: boolean;
  fields: readonly string[];
  min_assurance: Assurance;
  rule_ids: readonly string[];
}>;

/** No rule lets this authority ask for it in a task of its own, or several do and the legal basis is not named. */
export class TaskNotPermitted extends Error {
  override readonly name = 'TaskNotPermitted';
}

export function toPermittedEvidence(wire: PermittedTransfer__Output): PermittedEvidence {
  const { evidence_type = '', register = '', purpose = '', purpose_hash = '', legal_basis = '', norm = '' } = wire;
  return {
    ...{ evidence_type, register, purpose, purpose_hash, legal_basis, norm },
    is_task: wire.trigger_kind === 'TRIGGER_KIND_STATUTORY_TASK',
    fields: wire.fields ?? [],
    min_assurance: ASSURANCES.find((it) => it === wire.min_assurance) ?? 'high',
    rule_ids: wire.rule_ids ?? [],
  };
}

/** @throws TaskNotPermitted */
export function permittedTask(
  permitted: readonly PermittedEvidence[],
  { purpose, evidenceType, legalBasis }: Readonly<{ purpose: string; evidenceType: string; legalBasis?: string }>,
): PermittedEvidence {
  const found = permitted.filter(
    (it) =>
      it.is_task &&
      it.purpose === purpose &&
      it.evidence_type === evidenceType &&
      (legalBasis === undefined || it.legal_basis === legalBasis),
  );
  const [first] = found;
  const about = `${evidenceType} for ${purpose}`;
  if (first === undefined) throw new TaskNotPermitted(`no rule lets this authority have ${about} in a task of its own`);
  const bases = [...new Set(found.map((it) => it.legal_basis))];
  if (bases.length > 1) throw new TaskNotPermitted(`${about} has several legal bases, name one: ${bases.join(', ')}`);
  return first;
}

import { ASSURANCES, type Assurance, type ParticipantKind } from '../catalogue/catalogue.js';
import { fieldLimits, isWithin } from '../catalogue/field-limits.js';
import { mayReceiveIdnr } from '../catalogue/idnr-use.js';
import type { Obligations } from '../tokens/obligations.js';
import { obligationsOf } from './obligations.js';
import type { RuleIndex } from './rule-index.js';
import type { TransferQuestion } from './transfer-question.js';

type Areas = Readonly<{ consumer: string; provider: string }>;

export type Allowed = Readonly<{
  kind: 'allowed';
  /** Attributes that may pass, sorted. */
  fields: readonly string[];
  /** Kinds of participants whose attestation of the trigger is accepted, sorted. Empty: allows contradict, nobody can. */
  attestedBy: readonly ParticipantKind[];
  minAssurance: Assurance;
  /** Whether the permission token must be bound to a request digest. */
  digestRequired: boolean;
  obligations: Obligations;
  areas: Areas;
  /** Rules that made the decision, and what narrowed them (see `fieldLimits`), sorted. */
  ruleIds: readonly string[];
}>;

export type Refused = Readonly<{
  kind: 'refused';
  reason: 'PURPOSE_NOT_REGISTERED' | 'TRANSFER_NOT_PERMITTED';
  /** Denies and limits that made the decision, sorted; empty where simply nothing allows it. */
  ruleIds: readonly string[];
  /** Absent where consumer or register is not in the catalogue. */
  areas?: Areas;
}>;

export type Decision = Allowed | Refused;

/**
 * Decides abstractly whether this may be transferred (IDNrG § 7 Abs. 2). What no rule allows is refused; a deny overrides
 * every allow, however broad it is and however narrow the allow; fields of matching allows unite; of limits, those of
 * purpose, legal basis and recipient included, the strictest counts. The order of rules means nothing.
 *
 * @param asked attributes that the answer is about; without it all that the evidence type has
 */
export function decideTransfer(rules: RuleIndex, question: TransferQuestion, asked?: readonly string[]): Decision {
  const { lookup } = rules;
  const consumer = lookup.participant(question.consumer);
  const register = lookup.register(question.provider);
  const provider = register && lookup.participant(register.participant);
  const type = lookup.evidenceType(question.evidence_type);
  const areas = consumer && provider && { consumer: consumer.area, provider: provider.area };
  const refuse = (reason: Refused['reason'], ruleIds: readonly string[] = []): Refused => ({
    kind: 'refused',
    reason,
    ruleIds: ruleIds.toSorted(),
    ...(areas && { areas }),
  });

  if (lookup.purpose(question.purpose) === undefined) return refuse('PURPOSE_NOT_REGISTERED');
  if (!areas || !register || !type || lookup.legalBasis(question.legal_basis) === undefined) {
    return refuse('TRANSFER_NOT_PERMITTED');
  }
  if (!register.evidence_types.includes(type.id)) return refuse('TRANSFER_NOT_PERMITTED');

  const matching = rules.matching(question, register.type);
  const allows = matching.filter(({ effect }) => effect === 'allow');
  const named = new Set(allows.flatMap(({ fields }) => fields));
  const attributes = type.attributes.map(({ id }) => id).filter((it) => asked === undefined || asked.includes(it));
  const about = new Set(asked === undefined ? attributes.filter((it) => named.has(it)) : attributes);
  const denies = matching.filter(
    ({ effect, fields }) => effect === 'deny' && (fields.length === 0 || fields.some((it) => about.has(it))),
  );
  const denied = new Set(denies.flatMap(({ fields }) => fields));
  const permitted = attributes.filter((it) => named.has(it) && !denied.has(it));
  const limits = fieldLimits(lookup, question);
  const fields = permitted.filter((it) => isWithin(limits, it));
  const narrowing = limits.filter(({ permits }) => permitted.some((it) => !permits(it))).map(({ id }) => id);
  if (denies.some((it) => it.fields.length === 0) || fields.length === 0) {
    return refuse('TRANSFER_NOT_PERMITTED', [...denies.map(({ id }) => id), ...narrowing]);
  }

  const [first, ...others] = allows;
  const attestedBy = (first?.attested_by ?? []).filter((kind) => others.every((it) => it.attested_by.includes(kind)));
  const level = Math.max(...allows.map(({ min_assurance }) => ASSURANCES.indexOf(min_assurance)));
  return {
    kind: 'allowed',
    fields: fields.toSorted(),
    attestedBy: attestedBy.toSorted(),
    minAssurance: ASSURANCES[level] ?? 'high',
    // IDNrG § 7 Abs. 2, § 12 Abs. 4: due where the IDNr crosses areas, and everywhere if the federation says so.
    digestRequired:
      lookup.catalogue.settings.check_inside_areas ||
      (lookup.outermostArea(areas.consumer) !== lookup.outermostArea(areas.provider) && mayReceiveIdnr(register)),
    obligations: obligationsOf(allows),
    areas,
    ruleIds: [...[...allows, ...denies].map(({ id }) => id), ...narrowing].toSorted(),
  };
}

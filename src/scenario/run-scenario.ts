import type { Catalogue, EvidenceType, LegalBasis, Register } from '../catalogue/catalogue.js';
import { fieldLimits } from '../catalogue/field-limits.js';
import { CatalogueLookup } from '../catalogue/lookup.js';
import { route } from '../catalogue/route.js';
import { whyNotCovering } from '../consent/trigger.js';
import { wantedOf } from '../consent/wanted.js';
import { mayPass, minimise } from '../exchange/minimise.js';
import { type Allowed, decideTransfer } from '../permission/decide-transfer.js';
import { nearestAllows } from '../permission/nearest-rules.js';
import { RuleIndex } from '../permission/rule-index.js';
import type { TransferQuestion } from '../permission/transfer-question.js';
import { withheldAttributes } from '../permission/withheld.js';
import { germanDay } from '../platform/german-day.js';
import type { Expected, Scenario } from './scenario.js';
import { SCENARIO_MS, triggerOf } from './scenario-trigger.js';

/** What came of a scenario, in the members in which it is expected. */
export type Outcome = Expected & Readonly<{ refused_fields?: readonly string[] }>;

const ROUTE_REASONS = {
  none: ['REGISTER_NOT_FOUND', 'no register is competent for'],
  several: ['REGISTER_AMBIGUOUS', 'several registers are competent for'],
  needs: ['ROUTE_PARAMETER_MISSING', 'the region is needed for the route to'],
} as const;

/**
 * Runs a scenario through the functions that decide at the node, at the intermediary and at the register, in the order of
 * an exchange: route, permission, decision of the person, what is kept back.
 *
 * @param inForce the catalogue whose texts and versions the person decided by, whatever became of it since
 */
export function runScenario(scenario: Scenario, catalogue: Catalogue, inForce: Catalogue): Outcome {
  const lookup = new CatalogueLookup(catalogue);
  const asked = { ...scenario.transfer, ...scenario.ask };
  const purpose = lookup.purpose(asked.purpose);
  if (purpose === undefined) return { refused: 'PURPOSE_NOT_REGISTERED' };
  const legalBasis = lookup.legalBasis(asked.basis);
  if (legalBasis === undefined) return { refused: 'TRIGGER_NOT_COVERING' };
  const type = lookup.evidenceType(asked.evidence);
  if (type === undefined) return { refused: 'TRANSFER_NOT_PERMITTED' };
  const routed = registerFor(scenario, lookup, type);
  if ('outcome' in routed) return routed.outcome;
  const { register } = routed;
  const question: TransferQuestion = {
    consumer: asked.consumer,
    provider: register.id,
    evidence_type: type.id,
    purpose: purpose.id,
    legal_basis: legalBasis.id,
  };
  const rules = new RuleIndex(lookup);
  const decision = decideTransfer(rules, question, asked.fields);
  if (decision.kind === 'refused')
    return { refused: decision.reason, rules: decision.ruleIds, ...nearest(rules, question, register) };
  // The node applies the limits of its own catalogue to the answer of the intermediary once more.
  const factors = { form: asked.fields, rule: decision.fields, limits: fieldLimits(lookup, question) };
  const left = asked.fields.filter((it) => !mayPass(factors).includes(it));
  if (scenario.ask.fields !== undefined && left.length > 0)
    return { refused: 'TRANSFER_NOT_PERMITTED', rules: decision.ruleIds, refused_fields: left };
  const trigger = triggerOf(scenario, inForce);
  if (trigger === undefined) return { refused: 'TRIGGER_MISSING', rules: decision.ruleIds };
  const fields = scenario.ask.fields ?? minimise({ ...factors, trigger: trigger.decision.fields });
  const wanted = wantedOf(
    lookup,
    { requester: asked.consumer, purpose, evidenceType: type.id, subjectRole: asked.about, legalBasis, fields },
    decision,
  );
  const attesterKind = lookup.participant(trigger.decision.attester)?.kind;
  const failing = whyNotCovering(trigger, { ...wanted, attesterKind }, SCENARIO_MS);
  if (failing !== undefined) return { refused: failing.reason, because: failing.rule, rules: decision.ruleIds };
  if (fields.length === 0)
    return {
      refused: 'TRIGGER_NOT_COVERING',
      because: 'at least one field that may pass was decided on',
      rules: decision.ruleIds,
    };
  return permitted({ rules, question, register, type, legalBasis, decision, fields });
}

function registerFor(
  { transfer, ask }: Scenario,
  lookup: CatalogueLookup,
  type: EvidenceType,
): Readonly<{ register: Register } | { outcome: Outcome }> {
  if (ask.register !== undefined) {
    const register = lookup.register(ask.register);
    return register === undefined ? { outcome: { refused: 'TRANSFER_NOT_PERMITTED' } } : { register };
  }
  const region = ask.nowhere ? undefined : (ask.region ?? transfer.region);
  const found = route(lookup.routes, type, region === undefined ? {} : { ars: region }, germanDay(SCENARIO_MS));
  if (found.kind === 'one') return { register: found.register };
  // Whether a register exists is told only to those whose own service needs the evidence (AIP-211).
  const consumer = ask.consumer ?? transfer.consumer;
  const isNeeded = lookup.catalogue.services.some(
    (it) => it.consumer === consumer && it.needs.some(({ evidence_type }) => evidence_type === type.id),
  );
  if (!isNeeded)
    return { outcome: { refused: 'TRANSFER_NOT_PERMITTED', because: `no form of this consumer needs ${type.id}` } };
  const [refused, because] = ROUTE_REASONS[found.kind];
  return { outcome: { refused, because: `${because} ${type.id}` } };
}

const MEMBERS: Readonly<Record<string, string>> = {
  provider: 'register',
  legal_basis: 'basis',
  evidence_type: 'evidence',
};

function nearest({ lookup }: RuleIndex, question: TransferQuestion, { type }: Register): Outcome {
  const found = nearestAllows(lookup.catalogue.rules, question, type, 'all');
  const differs = new Set(found.flatMap((it) => it.differs.map((member) => MEMBERS[member] ?? member)));
  return found.length === 0 ? {} : { nearest: found.map(({ rule }) => rule.id), differs: [...differs].sort() };
}

type Permitted = Readonly<{
  rules: RuleIndex;
  question: TransferQuestion;
  register: Register;
  type: EvidenceType;
  legalBasis: LegalBasis;
  decision: Allowed;
  fields: readonly string[];
}>;

function permitted({ rules, question, register, type, legalBasis, decision, fields }: Permitted): Outcome {
  const denies = rules.matching(question, register.type).filter(({ effect }) => effect === 'deny');
  const withheld = withheldAttributes(type, fields, {
    legalBasis,
    denies,
    limits: fieldLimits(rules.lookup, question),
  });
  const { rates, look_back_days, use_days } = decision.obligations;
  return {
    permitted: fields.toSorted(),
    rules: decision.ruleIds,
    register: register.id,
    withheld: Object.fromEntries(withheld.map(({ attribute, norm }) => [attribute, norm])),
    bound: decision.digestRequired,
    preview: legalBasis.preview,
    attested_by: decision.attestedBy,
    assurance: decision.minAssurance,
    limits: rates.map(({ rule, of, max, per }) => `${max} ${of} per ${per} (${rule})`),
    ...(look_back_days === undefined ? {} : { look_back_days }),
    ...(use_days === undefined ? {} : { use_days }),
  };
}

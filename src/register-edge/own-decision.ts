import type { Assurance, LegalBasis, ParticipantKind } from '../catalogue/catalogue.js';
import { decideTransfer } from '../permission/decide-transfer.js';
import type { RuleIndex } from '../permission/rule-index.js';
import type { Obligations } from '../tokens/obligations.js';
import type { Asked } from './asked.js';

/** What this register's own copy of the catalogue says about a request. Of a refusal: nothing, and the strictest limits. */
export type OwnDecision = Readonly<{
  allowed: boolean;
  fields: readonly string[];
  attestedBy: readonly ParticipantKind[];
  minAssurance: Assurance;
  digestRequired: boolean;
  obligations: Obligations;
  areas?: Readonly<{ consumer: string; provider: string }>;
  purposeHash: string | undefined;
  legalBasis: LegalBasis | undefined;
  consumerHasKey: boolean;
}>;

const NOTHING = {
  allowed: false,
  fields: [],
  attestedBy: [],
  minAssurance: 'high',
  digestRequired: true,
  obligations: { rates: [] },
} as const;

export function ownDecision(rules: RuleIndex, { request, evidenceType }: Asked): OwnDecision {
  const { lookup } = rules;
  const { consumer, register, purpose, legal_basis } = request;
  const decision = decideTransfer(rules, {
    consumer,
    provider: register,
    evidence_type: evidenceType,
    purpose,
    legal_basis,
  });
  const known = {
    purposeHash: lookup.purpose(purpose)?.hash,
    legalBasis: lookup.legalBasis(legal_basis),
    // A lookup is answered to the node itself and needs none.
    consumerHasKey: !('person' in request) || lookup.keys(consumer, 'encryption').length > 0,
    ...(decision.areas === undefined ? {} : { areas: decision.areas }),
  };
  if (decision.kind === 'refused') return { ...known, ...NOTHING };
  const { fields, attestedBy, minAssurance, digestRequired, obligations } = decision;
  return { ...known, allowed: true, fields, attestedBy, minAssurance, digestRequired, obligations };
}

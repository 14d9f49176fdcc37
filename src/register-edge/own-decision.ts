import { agreementFor } from '../catalogue/agreement.js';
import type { Agreement, Assurance, LegalBasis, ParticipantKey, ParticipantKind } from '../catalogue/catalogue.js';
import { keyThumbprint } from '../catalogue/key-thumbprint.js';
import type { CatalogueLookup } from '../catalogue/lookup.js';
import { decideAgreed } from '../permission/decide-agreed.js';
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
  /** `kid` of the keys that may have signed for the node; undefined where no agreement names any. */
  nodeKeys: readonly string[] | undefined;
}>;

const NOTHING = {
  allowed: false,
  fields: [],
  attestedBy: [],
  minAssurance: 'high',
  digestRequired: true,
  obligations: { rates: [] },
} as const;

export function ownDecision(
  rules: RuleIndex,
  { request, evidenceType }: Asked,
  { node, nowMs }: Readonly<{ node: string; nowMs: number }>,
): OwnDecision {
  const { lookup } = rules;
  const { consumer, register, purpose, legal_basis } = request;
  const question = { consumer, provider: register, evidence_type: evidenceType, purpose, legal_basis };
  const decision = decideAgreed(rules, question, undefined, nowMs, node);
  const found = agreementFor(lookup, question, nowMs, node);
  const agreement = found === 'none' ? undefined : found?.agreement;
  const known = {
    purposeHash: lookup.purpose(purpose)?.hash,
    legalBasis: lookup.legalBasis(legal_basis),
    // A lookup is answered to the node itself and needs none.
    consumerHasKey: 'key' in request || agreedEncryptionKeys(lookup, consumer, agreement).length > 0,
    nodeKeys: agreement && agreedNodeKeys(lookup, agreement),
    ...(decision.areas === undefined ? {} : { areas: decision.areas }),
  };
  if (decision.kind === 'refused') return { ...known, ...NOTHING };
  const { fields, attestedBy, minAssurance, digestRequired, obligations } = decision;
  return { ...known, allowed: true, fields, attestedBy, minAssurance, digestRequired, obligations };
}

/** Keys to encrypt to: those of the catalogue that the agreement names; all of them where nobody has to agree. */
export function agreedEncryptionKeys(
  lookup: CatalogueLookup,
  consumer: string,
  agreement: Agreement | undefined,
): readonly ParticipantKey[] {
  const named = lookup.keys(consumer, 'encryption');
  return agreement === undefined
    ? named
    : named.filter(({ jwk }) => agreement.encryption_keys.includes(keyThumbprint(jwk)));
}

function agreedNodeKeys(lookup: CatalogueLookup, { node, node_keys }: Agreement): readonly string[] {
  const named = lookup.keys(node, 'trigger').filter(({ jwk }) => node_keys.includes(keyThumbprint(jwk)));
  return named.map(({ kid }) => kid);
}

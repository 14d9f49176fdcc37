import type { Language, Need, OnlineService, Text } from '../../catalogue/catalogue.js';
import { contentDigest } from '../../catalogue/content-digest.js';
import type { CatalogueLookup } from '../../catalogue/lookup.js';
import type { ServiceDescription, ServiceNeed } from '../../client/service-description.js';
import { textHash } from '../../tokens/digest.js';
import { inLanguage, LANGUAGES } from '../language.js';

/** What a person is asked, by the pages' own copy of the catalogue: the texts that they see are the texts that they sign. */
export function askedService(lookup: CatalogueLookup, service: OnlineService): ServiceDescription {
  return {
    service: service.id,
    title: service.title.de,
    consumer: service.consumer,
    purpose: service.purpose,
    purpose_hash: lookup.purpose(service.purpose)?.hash ?? '',
    min_assurance: service.min_assurance,
    subjects: service.subjects.map((it) => ({
      role: it.role,
      title: it.title.de,
      represented_by: it.represented_by,
      may_be_represented_by: it.may_be_represented_by,
      representations: it.representation ?? [],
      legal_person: it.kind === 'legal',
    })),
    needs: service.needs.flatMap((need) => askedNeed(lookup, need)),
    mapping: [],
  };
}

function askedNeed(lookup: CatalogueLookup, need: Need): readonly ServiceNeed[] {
  const basis = lookup.legalBasis(need.legal_basis);
  if (basis === undefined) return [];
  const texts = everyLanguage(need.decision_text);
  return [
    {
      evidence_type: need.evidence_type,
      subject_role: need.subject_role,
      legal_basis: need.legal_basis,
      norm: `${basis.norm} ${basis.paragraph}`,
      trigger_kind: basis.trigger,
      fields: need.fields,
      decision_texts: texts,
      decision_text_hashes: Object.fromEntries(Object.entries(texts).map(([language, it]) => [language, textHash(it)])),
      manual: need.manual.de,
      manual_texts: everyLanguage(need.manual),
      preview_granted: basis.preview,
    },
  ];
}

/** A text that is not there in a language is shown, and signed, in German. */
function everyLanguage(text: Text): Readonly<Record<Language, string>> {
  const [de, simple, en] = LANGUAGES.map((language) => inLanguage(text, language));
  return { de: de ?? text.de, 'de-simple': simple ?? text.de, en: en ?? text.de };
}

/** Of everything that is decided on: a form that shows anything else is not taken. */
export function versionOf({ purpose_hash, needs }: ServiceDescription): string {
  return contentDigest({ purpose_hash, needs });
}

export const IDENTITY = 'identity';
/** Service of the catalogue for which whoever decides is looked up. */
export const DECIDING = 'entscheidung';

/** What a person decides on in one role: the evidence about themself and those whom they represent. */
export function decidedNeeds(
  { subjects, needs }: ServiceDescription,
  roles: readonly string[],
  decider: string,
): readonly ServiceNeed[] {
  const about = subjects.filter((it) => it.role === decider || it.represented_by === decider).map(({ role }) => role);
  return needs.filter(({ subject_role }) => about.includes(subject_role) && roles.includes(subject_role));
}

/** The evidence that was chosen, with the lookups without which it could not be fetched. */
export function withLookups(
  { subjects }: ServiceDescription,
  needs: readonly ServiceNeed[],
  isChosen: (need: ServiceNeed) => boolean,
): readonly ServiceNeed[] {
  const chosen = needs.filter((need) => need.evidence_type !== IDENTITY && isChosen(need));
  const about = new Set(chosen.map(({ subject_role }) => subject_role));
  for (const { role, represented_by } of subjects) if (about.has(role) && represented_by) about.add(represented_by);
  const lookups = needs.filter((need) => need.evidence_type === IDENTITY && about.has(need.subject_role));
  return [...lookups, ...chosen];
}

/** Name of the choice about this need in the form. */
export function fieldOf({ evidence_type, subject_role }: ServiceNeed): string {
  return `choice:${evidence_type}:${subject_role}`;
}

/** Lookups are no evidence: they are decided with what they are needed for. */
export function fetchable(lookup: CatalogueLookup, needs: readonly ServiceNeed[]): readonly ServiceNeed[] {
  return needs.filter((need) => need.evidence_type !== IDENTITY && isFetchable(lookup, need));
}

/** Whether any register has it. */
export function isFetchable({ catalogue }: CatalogueLookup, { evidence_type }: ServiceNeed): boolean {
  return catalogue.registers.some(({ evidence_types }) => evidence_types.includes(evidence_type));
}

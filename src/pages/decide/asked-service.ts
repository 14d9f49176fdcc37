import type { Language, Need, OnlineService, Representation, Text } from '../../catalogue/catalogue.js';
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
export function versionOf(lookup: CatalogueLookup, { purpose_hash, needs }: ServiceDescription): string {
  return contentDigest({ purpose_hash, needs, deciding: lookup.service(DECIDING)?.needs });
}

export const IDENTITY = 'identity';
/** Service of the catalogue for which whoever decides is looked up. */
export const DECIDING = 'entscheidung';
/** Its role for whom is decided. */
export const REPRESENTED_ROLE = 'represented';

/** What a person decides on in one role: the evidence about themself and those whom they represent. */
export function decidedNeeds(
  { subjects, needs }: ServiceDescription,
  roles: readonly string[],
  decider: string,
): readonly ServiceNeed[] {
  const about = subjects
    .filter((it) => [it.role, it.represented_by, it.may_be_represented_by].includes(decider))
    .map(({ role }) => role);
  return needs.filter(({ subject_role }) => about.includes(subject_role) && roles.includes(subject_role));
}

/** A natural person for whom somebody else decides, and by virtue of what they may. */
export type RepresentedRole = Readonly<{
  role: string;
  by: readonly Representation[];
  /** There is always somebody who decides for them: by the first of these, as a rule. */
  isAlways: boolean;
}>;

/** Of companies nothing is asked: only their organ decides, and their register knows who that is. */
export function representedRoles(
  { subjects }: ServiceDescription,
  roles: readonly string[],
  decider: string,
): readonly RepresentedRole[] {
  return subjects
    .filter((it) => it.role !== decider && roles.includes(it.role) && !it.legal_person)
    .filter((it) => [it.represented_by, it.may_be_represented_by].includes(decider))
    .map(({ role, represented_by, representations }) => ({
      role,
      by: representations.length === 0 ? ['custody'] : representations,
      isAlways: represented_by !== undefined,
    }));
}

/** The evidence that was chosen, with the lookups without which it could not be fetched. */
export function withLookups(
  needs: readonly ServiceNeed[],
  decider: string,
  isChosen: (need: ServiceNeed) => boolean,
): readonly ServiceNeed[] {
  const chosen = needs.filter((need) => need.evidence_type !== IDENTITY && isChosen(need));
  if (chosen.length === 0) return [];
  const about = new Set([decider, ...chosen.map(({ subject_role }) => subject_role)]);
  const lookups = needs.filter((need) => need.evidence_type === IDENTITY && about.has(need.subject_role));
  return [...lookups, ...chosen];
}

/** Name of the choice about this need in the form. */
export function fieldOf({ evidence_type, subject_role }: ServiceNeed): string {
  return `choice:${evidence_type}:${subject_role}`;
}

/** Name of the answer in the form by virtue of what somebody is decided for. */
export function capacityFieldOf({ role }: Pick<RepresentedRole, 'role'>): string {
  return `capacity:${role}`;
}

/** Lookups are no evidence: they are decided with what they are needed for. */
export function fetchable(lookup: CatalogueLookup, needs: readonly ServiceNeed[]): readonly ServiceNeed[] {
  return needs.filter((need) => need.evidence_type !== IDENTITY && isFetchable(lookup, need));
}

/** Whether any register has it. */
export function isFetchable({ catalogue }: CatalogueLookup, { evidence_type }: ServiceNeed): boolean {
  return catalogue.registers.some(({ evidence_types }) => evidence_types.includes(evidence_type));
}

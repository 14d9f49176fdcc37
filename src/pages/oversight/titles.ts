import type { Language } from '../../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { type InLanguages, inLanguage } from '../language.js';

export function purposeTitle({ lookup }: CurrentCatalogue, id: string, language: Language): string {
  const { title } = lookup.purpose(id) ?? {};
  return title === undefined ? id : inLanguage(title, language);
}

export function evidenceTitle({ lookup }: CurrentCatalogue, id: string, language: Language): string {
  const { title } = lookup.evidenceType(id) ?? {};
  return title === undefined ? id : inLanguage(title, language);
}

/** Titles of attributes of an evidence type, in their order there. */
export function attributeTitles(
  { lookup }: CurrentCatalogue,
  evidenceType: string,
  fields: readonly string[],
  language: Language,
): string {
  const attributes = lookup.evidenceType(evidenceType)?.attributes ?? [];
  const titles = fields.map((field) => {
    const found = attributes.find(({ id }) => id === field);
    return found === undefined ? field : inLanguage(found.title, language);
  });
  return titles.join(', ');
}

/** Law and paragraph of a legal basis. */
export function normOf({ lookup }: CurrentCatalogue, id: string): string {
  const { norm, paragraph } = lookup.legalBasis(id) ?? {};
  return norm === undefined ? id : `${norm} ${paragraph}`;
}

/** What rules call a kind of register, in place of one register. */
const KIND = 'type:';
const EACH_OF_KIND: InLanguages<string> = {
  de: 'jedes Register der Art',
  'de-simple': 'Alle Register dieser Art:',
  en: 'every register of the kind',
};

/** Name of a participant, of who keeps a register, or of a kind of registers; the id itself where the catalogue in force does not know it any more. */
export function titleOf({ lookup }: CurrentCatalogue, id: string, language: Language): string {
  if (id.startsWith(KIND)) return `${EACH_OF_KIND[language]} ${id.slice(KIND.length)}`;
  const { title } = lookup.participant(lookup.register(id)?.participant ?? id) ?? {};
  return title === undefined ? id : inLanguage(title, language);
}

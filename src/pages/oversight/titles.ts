import type { Language } from '../../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { inLanguage } from '../language.js';

/** Name of a participant, or of who keeps a register; the id itself where the catalogue in force does not know it any more. */
export function titleOf({ lookup }: CurrentCatalogue, id: string, language: Language): string {
  const { title } = lookup.participant(lookup.register(id)?.participant ?? id) ?? {};
  return title === undefined ? id : inLanguage(title, language);
}

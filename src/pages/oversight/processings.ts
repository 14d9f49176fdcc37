import type { Catalogue, Language } from '../../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { inLanguage } from '../language.js';
import { titleOf } from './titles.js';

/** One processing: a service, with what Art. 30 (1) b to f GDPR want of it. */
export type Processing = Readonly<{
  id: string;
  title: string;
  recipient: string;
  purpose: string;
  legal_bases: readonly string[];
  subjects: readonly string[];
  categories: readonly string[];
}>;

/** What the catalogue in force lets happen: what is not in it does not. */
export function processingsOf(current: CurrentCatalogue, language: Language): readonly Processing[] {
  const { catalogue } = current;
  return catalogue.services.map(({ id, title, consumer, purpose, needs, subjects }) => ({
    id,
    title: inLanguage(title, language),
    recipient: titleOf(current, consumer, language),
    purpose: purposeTitle(catalogue, purpose, language),
    legal_bases: [...new Set(needs.map(({ legal_basis }) => paragraphOf(catalogue, legal_basis)))],
    subjects: subjects.map((it) => inLanguage(it.title, language)),
    categories: needs.map(({ evidence_type, fields }) => `${evidence_type}: ${fields.join(', ')}`),
  }));
}

function purposeTitle({ purposes }: Catalogue, id: string, language: Language): string {
  const purpose = purposes.find((it) => it.id === id);
  return purpose === undefined ? id : inLanguage(purpose.title, language);
}

export function paragraphOf({ legal_bases }: Catalogue, id: string): string {
  const basis = legal_bases.find((it) => it.id === id);
  return basis === undefined ? id : `${basis.norm} ${basis.paragraph}`;
}

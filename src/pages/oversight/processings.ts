import type { Language } from '../../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { inLanguage } from '../language.js';
import { attributeTitles, evidenceTitle, normOf, purposeTitle, titleOf } from './titles.js';

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
    purpose: purposeTitle(current, purpose, language),
    legal_bases: [...new Set(needs.map(({ legal_basis }) => normOf(current, legal_basis)))],
    subjects: subjects.map((it) => inLanguage(it.title, language)),
    // Of several persons the same is wanted.
    categories: [
      ...new Set(
        needs.map(({ evidence_type, fields }) => {
          const title = evidenceTitle(current, evidence_type, language);
          return `${title}: ${attributeTitles(current, evidence_type, fields, language)}`;
        }),
      ),
    ],
  }));
}

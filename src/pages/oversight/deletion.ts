import type { Language, RetentionClass } from '../../catalogue/catalogue.js';
import { PROCESSING_TEXTS } from './processing-texts.js';

export type Deletion = Readonly<{ data: string; period: string }>;

/** When what is deleted (GDPR Art. 15 (1) d, Art. 30 (1) f). */
export function deletionOf(retention: readonly RetentionClass[], language: Language): readonly Deletion[] {
  const texts = PROCESSING_TEXTS[language];
  return [
    ...retention.map(({ id, months, norm = '' }) => ({
      data: `${texts.log} (${id})`,
      period: `${months} ${texts.months} ${norm === '' ? '' : `(${norm})`}`.trim(),
    })),
    { data: texts.contents, period: texts.contentsPeriod },
    { data: texts.recipients, period: texts.recipientsPeriod },
  ];
}

import type { Language, Text } from '../catalogue/catalogue.js';

export const LANGUAGES: readonly Language[] = ['de', 'de-simple', 'en'];

/** A typed dictionary: the compiler wants each sentence in each language. */
export type InLanguages<T> = Readonly<Record<Language, T>>;

export const LANGUAGE_COOKIE = 'einmal-language';

export function languageOf(cookie: string | undefined): Language {
  return LANGUAGES.find((it) => it === cookie) ?? 'de';
}

/** A text of the catalogue; where it has no plain German it is in German. */
export function inLanguage(text: Text, language: Language): string {
  return text[language] ?? text.de;
}

/** For `lang`: plain German is German. */
export function htmlLanguage(language: Language): string {
  return language === 'en' ? 'en' : 'de';
}

/** An instant for a reader in Germany. */
export function readableTime(atMs: number, language: Language): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'de-DE', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Berlin',
  }).format(atMs);
}

/** Dates of registers (ISO 8601) within a text, for the same reader. A partly known date stays as it is. */
export function withReadableDates(text: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'de-DE', { dateStyle: 'long', timeZone: 'UTC' });
  return text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => {
    const at = Date.parse(day);
    return Number.isNaN(at) ? day : format.format(at);
  });
}

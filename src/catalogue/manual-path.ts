import type { Catalogue, Language, OnlineService, Text } from './catalogue.js';

/**
 * What somebody may do instead of having evidence retrieved, in all languages: as the service says that needs it, else one of
 * the same consumer and purpose, else as the catalogue says for everything (EGovG § 5 Abs. 1: the path is always there).
 */
export function manualPath(
  { services, settings }: Pick<Catalogue, 'services' | 'settings'>,
  asked: Readonly<{ service: OnlineService | undefined; consumer: string; purpose: string }>,
  need: Readonly<{ evidence_type: string; subject_role: string }>,
): Text {
  const own = services.filter(({ consumer, purpose }) => consumer === asked.consumer && purpose === asked.purpose);
  const needs = (asked.service === undefined ? own : [asked.service]).flatMap((it) => it.needs);
  const same = needs.filter(({ evidence_type }) => evidence_type === need.evidence_type);
  const found = same.find(({ subject_role }) => subject_role === need.subject_role) ?? same[0];
  return found?.manual ?? settings.manual;
}

/** A text by language tag, as the wire has it. */
export function byLanguage(text: Text): Record<string, string> {
  const languages: readonly Language[] = ['de', 'de-simple', 'en'];
  return Object.fromEntries(
    languages.flatMap((language) => {
      const said = text[language];
      return said === undefined ? [] : [[language, said] as const];
    }),
  );
}

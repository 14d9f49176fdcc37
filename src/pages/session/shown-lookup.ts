import type { FastifyRequest } from 'fastify';
import type { Language } from '../../catalogue/catalogue.js';
import type { CatalogueLookup } from '../../catalogue/lookup.js';
import { textHash } from '../../tokens/digest.js';
import { inLanguage } from '../language.js';

/** Role in every service of the pages: whoever is looked up first. */
export const LOOKED_UP_ROLE = 'person';

/** By which text somebody is looked up, in the words of the catalogue: that they read it can be shown by its hash (GDPR Art. 7 (1)). */
export type LookupText = Readonly<{ text: string; hash: string }>;

/** @throws Error where the service looks up nobody in this role */
export function lookupText(
  lookup: CatalogueLookup,
  service: string,
  language: Language,
  role = LOOKED_UP_ROLE,
): LookupText {
  const need = lookup.service(service)?.needs.find(({ subject_role }) => subject_role === role);
  if (need === undefined) throw new Error(`${service} looks up nobody in the role ${role}`);
  const text = inLanguage(need.decision_text, language);
  return { text, hash: textHash(text) };
}

/** The text for a page that is about to show it. The session remembers which it was: that very text is what is attested. */
export function showLookupText(
  { session }: Pick<FastifyRequest, 'session'>,
  lookup: CatalogueLookup,
  service: string,
  language: Language,
): string {
  const { text, hash } = lookupText(lookup, service, language);
  session.shown = { ...session.shown, [service]: hash };
  return text;
}

/** Hash of the text that this session was shown last; undefined for none, and for one that is not in the catalogue any more. */
export function shownLookupText(
  { session }: Pick<FastifyRequest, 'session'>,
  lookup: CatalogueLookup,
  service: string,
): string | undefined {
  const need = lookup.service(service)?.needs.find(({ subject_role }) => subject_role === LOOKED_UP_ROLE);
  const inForce = Object.values(need?.decision_text ?? {}).map(textHash);
  return inForce.find((it) => it === session.shown?.[service]);
}

import type { SessionRole } from '../../tokens/session-token.js';
import type { InLanguages } from '../language.js';

export type NavigationEntry = Readonly<{
  path: string;
  /** Who sees the link; the page itself says who may open it. */
  roles: readonly SessionRole[];
  title: InLanguages<string>;
}>;

/** The parts of the pages, in the order in which they are shown. */
export const NAVIGATION: readonly NavigationEntry[] = [
  {
    path: '/oversight',
    roles: ['officer', 'auditor'],
    title: { de: 'Datenschutzkontrolle', 'de-simple': 'Daten-Schutz prüfen', en: 'Data-protection control' },
  },
  {
    path: '/governance',
    roles: ['administrator', 'officer', 'auditor'],
    title: { de: 'Änderungen der Regeln', 'de-simple': 'Neue Regeln', en: 'Changes of the rules' },
  },
  {
    path: '/data',
    roles: ['citizen'],
    title: {
      de: 'Wer hat meine Daten verwendet?',
      'de-simple': 'Wer hat meine Daten geholt?',
      en: 'Who used my data?',
    },
  },
  {
    path: '/decisions',
    roles: ['citizen'],
    title: { de: 'Meine Entscheidungen', 'de-simple': 'Das habe ich entschieden', en: 'My decisions' },
  },
];

/** Whether a link leads to this very page, or to what it is a page of. */
export function currentOf(link: string, path: string): 'page' | 'true' | undefined {
  if (link === path) return 'page';
  return path.startsWith(`${link}/`) ? 'true' : undefined;
}

export function navigationFor(role: SessionRole | undefined): readonly NavigationEntry[] {
  return role === undefined ? [] : NAVIGATION.filter(({ roles }) => roles.includes(role));
}

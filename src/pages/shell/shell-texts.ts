import type { SessionRole } from '../../tokens/session-token.js';
import type { InLanguages } from '../language.js';

type ShellTexts = Readonly<{
  notOfficial: string;
  skip: string;
  navigation: string;
  language: string;
  signIn: string;
  signOut: string;
  goOn: string;
  toStart: string;
  signedInAs: string;
  roles: Readonly<Record<SessionRole, string>>;
  print: string;
  about: string;
}>;

export const SHELL_TEXTS: InLanguages<ShellTexts> = {
  de: {
    notOfficial: 'Vorführung von Einmal. Dies ist keine Website einer Behörde.',
    skip: 'Zum Inhalt springen',
    navigation: 'Bereiche',
    language: 'Sprache',
    signIn: 'Anmelden',
    signOut: 'Abmelden',
    goOn: 'Weiter zu dieser Seite',
    toStart: 'Zur Startseite',
    signedInAs: 'Angemeldet',
    roles: {
      citizen: 'Bürgerin oder Bürger',
      officer: 'Datenschutzbeauftragte oder Datenschutzbeauftragter',
      auditor: 'Prüferin oder Prüfer',
      administrator: 'Verwaltung des Katalogs',
    },
    print: 'Gedruckt aus Einmal, einer Vorführung.',
    about:
      'Einmal holt Nachweise aus Registern, damit niemand sie zweimal vorlegen muss. Alle Personen hier sind erfunden.',
  },
  'de-simple': {
    notOfficial: 'Das ist ein Test. Diese Seite ist nicht von einem Amt.',
    skip: 'Gleich zum Text',
    navigation: 'Seiten',
    language: 'Sprache',
    signIn: 'Anmelden',
    signOut: 'Abmelden',
    goOn: 'Ja, die Seite zeigen',
    toStart: 'Zur ersten Seite',
    signedInAs: 'Sie sind angemeldet',
    roles: {
      citizen: 'Bürgerin oder Bürger',
      officer: 'Person für Daten-Schutz',
      auditor: 'Person, die prüft',
      administrator: 'Person, die Regeln ändert',
    },
    print: 'Das Blatt kommt von Einmal. Einmal ist ein Test.',
    about: 'Einmal holt Ihre Daten vom Amt. Dann müssen Sie weniger Papiere bringen. Alle Namen hier sind erfunden.',
  },
  en: {
    notOfficial: 'Demonstration of Einmal. This is not a website of any authority.',
    skip: 'Skip to content',
    navigation: 'Sections',
    language: 'Language',
    signIn: 'Sign in',
    signOut: 'Sign out',
    goOn: 'Continue to this page',
    toStart: 'To the start page',
    signedInAs: 'Signed in',
    roles: {
      citizen: 'Citizen',
      officer: 'Data-protection officer',
      auditor: 'Auditor',
      administrator: 'Administrator of the catalogue',
    },
    print: 'Printed from Einmal, a demonstration.',
    about:
      'Einmal fetches evidence from registers, so that nobody has to hand it in twice. All persons here are invented.',
  },
};

export const LANGUAGE_NAMES: InLanguages<string> = { de: 'Deutsch', 'de-simple': 'Einfache Sprache', en: 'English' };

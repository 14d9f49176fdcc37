import type { RegisterLine } from '../../client/citizen-calls.js';
import type { ListedEntry } from '../../client/listed-entries.js';
import type { InLanguages } from '../language.js';
import type { Titles } from './titles.js';

/** Parts of a sentence, already readable. */
type Said = Readonly<{
  who: string;
  at: string;
  what: string;
  from: string;
  why: string;
}>;

type Form = (said: Said) => string;

type Forms = Readonly<{
  given: Form;
  notGiven: Form;
  withheld: Form;
  later: Form;
  begun: Form;
  identified: Form;
  held: Form;
  shown: Form;
  decided: Form;
  withdrawn: Form;
  refused: Form;
  ownLook: Form;
  inspected: Form;
  inspectedEntry: Form;
  asked: Form;
  opened: Form;
  reported: Form;
  reportTaken: Form;
  incident: Form;
  other: Form;
}>;

const FORMS: InLanguages<Forms> = {
  de: {
    given: (it) => `„${it.who}“ hat am ${it.at} aus „${it.from}“ abgerufen: ${it.what}. Wofür: ${it.why}.`,
    notGiven: (it) =>
      `„${it.who}“ wollte am ${it.at} aus „${it.from}“ abrufen: ${it.what}. Es wurde nichts weitergegeben. Wofür: ${it.why}.`,
    withheld: (it) => `Sie haben am ${it.at} entschieden, dass „${it.who}“ nicht bekommt: ${it.what} aus „${it.from}“.`,
    later: (it) => `„${it.from}“ hat am ${it.at} angekündigt, „${it.who}“ später zu geben: ${it.what}.`,
    begun: (it) => `Für „${it.who}“ begann am ${it.at} ein Abruf aus „${it.from}“: ${it.what}.`,
    identified: (it) => `Für „${it.who}“ wurde am ${it.at} festgestellt, wer Sie sind. Wofür: ${it.why}.`,
    held: (it) => `Seit ${it.at} wartete auf Ihre Entscheidung, was „${it.who}“ bekommen soll: ${it.what}.`,
    shown: (it) => `Am ${it.at} haben Sie angesehen, was „${it.who}“ bekommen soll: ${it.what}.`,
    decided: (it) => `Am ${it.at} haben Sie entschieden, dass „${it.who}“ abrufen darf: ${it.what}. Wofür: ${it.why}.`,
    withdrawn: (it) => `Am ${it.at} wurde Ihre Entscheidung widerrufen: ${it.what} für „${it.who}“.`,
    refused: (it) => `Eine Anfrage von „${it.who}“ wurde am ${it.at} abgelehnt.`,
    ownLook: (it) => `Am ${it.at} haben Sie sich diese Einträge angesehen.`,
    inspected: (it) =>
      `Am ${it.at} hat jemand, der den Datenschutz kontrolliert, nach Einträgen über Sie gesucht (${it.why}).`,
    inspectedEntry: (it) =>
      `Am ${it.at} hat jemand, der den Datenschutz kontrolliert, einen Eintrag über Sie geöffnet.`,
    asked: (it) => `Am ${it.at} haben Sie die Register gefragt.`,
    opened: (it) => `Am ${it.at} hat „${it.who}“ einen Eintrag über Sie geöffnet.`,
    reported: (it) =>
      `Am ${it.at} wurde „${it.from}“ über „${it.who}“ gemeldet, dass etwas falsch sein könnte: ${it.what}.`,
    reportTaken: (it) => `Am ${it.at} kam eine Meldung an, dass etwas falsch sein könnte: ${it.what}.`,
    incident: (it) => `Am ${it.at} gab es einen Vorfall bei einem Abruf für „${it.who}“: ${it.what}.`,
    other: (it) => `Am ${it.at} gab es einen Eintrag von „${it.who}“.`,
  },
  'de-simple': {
    given: (it) =>
      `${it.who} hat Ihre Daten geholt: ${it.what}. Das war am ${it.at}. Die Daten kamen von: ${it.from}. Der Grund: ${it.why}.`,
    notGiven: (it) =>
      `${it.who} wollte Ihre Daten holen: ${it.what}. Das war am ${it.at}. ${it.who} hat nichts bekommen. Der Grund für die Frage: ${it.why}.`,
    withheld: (it) => `Sie haben Nein gesagt. Das war am ${it.at}. ${it.who} hat nicht bekommen: ${it.what}.`,
    later: (it) => `${it.from} gibt die Daten später: ${it.what}. Das war am ${it.at}.`,
    begun: (it) => `${it.who} hat nach Ihren Daten gefragt: ${it.what}. Das war am ${it.at}.`,
    identified: (it) => `${it.who} wollte wissen: Wer sind Sie? Das war am ${it.at}. Der Grund: ${it.why}.`,
    held: (it) => `Wir haben auf Ihre Antwort gewartet. Das war am ${it.at}. Es ging um: ${it.what}.`,
    shown: (it) => `Sie haben die Daten angesehen: ${it.what}. Das war am ${it.at}.`,
    decided: (it) =>
      `Sie haben Ja gesagt. Das war am ${it.at}. ${it.who} darf holen: ${it.what}. Der Grund: ${it.why}.`,
    withdrawn: (it) => `Sie haben Ihr Ja zurückgenommen. Das war am ${it.at}. Es ging um: ${it.what}.`,
    refused: (it) => `Wir haben eine Frage von ${it.who} abgelehnt. Das war am ${it.at}.`,
    ownLook: (it) => `Sie haben diese Liste angesehen. Das war am ${it.at}.`,
    inspected: (it) => `Jemand hat den Daten-Schutz geprüft. Das war am ${it.at}. Es ging auch um Sie.`,
    inspectedEntry: (it) =>
      `Jemand hat den Daten-Schutz geprüft. Das war am ${it.at}. Er hat einen Eintrag über Sie gelesen.`,
    asked: (it) => `Sie haben die Ämter gefragt. Das war am ${it.at}.`,
    opened: (it) => `${it.who} hat einen Eintrag über Sie gelesen. Das war am ${it.at}.`,
    reported: (it) => `Jemand hat gesagt: Etwas kann falsch sein. Es geht um: ${it.what}. Das war am ${it.at}.`,
    reportTaken: (it) => `Das Amt weiß jetzt: Etwas kann falsch sein. Es geht um: ${it.what}. Das war am ${it.at}.`,
    incident: (it) => `Es gab einen Fehler. Das war am ${it.at}. Es ging um: ${it.what}.`,
    other: (it) => `Es gibt einen Eintrag von ${it.who}. Das war am ${it.at}.`,
  },
  en: {
    given: (it) => `On ${it.at}, “${it.who}” retrieved from “${it.from}”: ${it.what}. For: ${it.why}.`,
    notGiven: (it) =>
      `On ${it.at}, “${it.who}” wanted to retrieve from “${it.from}”: ${it.what}. Nothing was passed on. For: ${it.why}.`,
    withheld: (it) => `On ${it.at} you decided that “${it.who}” does not get: ${it.what} from “${it.from}”.`,
    later: (it) => `On ${it.at}, “${it.from}” announced to give “${it.who}” later: ${it.what}.`,
    begun: (it) => `On ${it.at} a retrieval from “${it.from}” began for “${it.who}”: ${it.what}.`,
    identified: (it) => `On ${it.at} it was found out for “${it.who}” who you are. For: ${it.why}.`,
    held: (it) => `Since ${it.at} your decision was awaited on what “${it.who}” is to get: ${it.what}.`,
    shown: (it) => `On ${it.at} you looked at what “${it.who}” is to get: ${it.what}.`,
    decided: (it) => `On ${it.at} you decided that “${it.who}” may retrieve: ${it.what}. For: ${it.why}.`,
    withdrawn: (it) => `On ${it.at} your decision was withdrawn: ${it.what} for “${it.who}”.`,
    refused: (it) => `On ${it.at} a request of “${it.who}” was refused.`,
    ownLook: (it) => `On ${it.at} you looked at these entries.`,
    inspected: (it) => `On ${it.at} somebody who controls data protection searched for entries about you (${it.why}).`,
    inspectedEntry: (it) => `On ${it.at} somebody who controls data protection opened an entry about you.`,
    asked: (it) => `On ${it.at} you asked the registers.`,
    opened: (it) => `On ${it.at}, “${it.who}” opened an entry about you.`,
    reported: (it) =>
      `On ${it.at} it was reported to “${it.from}” by “${it.who}” that something may be wrong: ${it.what}.`,
    reportTaken: (it) => `On ${it.at} a report arrived that something may be wrong: ${it.what}.`,
    incident: (it) => `On ${it.at} there was an incident in a retrieval for “${it.who}”: ${it.what}.`,
    other: (it) => `On ${it.at} there was an entry of “${it.who}”.`,
  },
};

/** Purpose by which somebody looks at entries about themself. */
export const OWN_PURPOSE = 'datenauskunft';

/** One entry of the node's log as a sentence. */
export function entrySentence(entry: ListedEntry, titles: Titles): string {
  return FORMS[titles.language][formOf(entry)]({
    who: titles.participant(entry.consumer),
    at: titles.time(entry.log_time),
    what: titles.evidence(entry.evidence_type),
    from: titles.register(entry.register),
    why: reasonOf(entry, titles),
  });
}

/** One line of a register's log as a sentence: here it is known which data were given. */
export function lineSentence(line: RegisterLine, register: string, titles: Titles): string {
  const attributes = line.attributes.map((it) => titles.attribute(line.evidence_type, it));
  return FORMS[titles.language][lineForm(line)]({
    who: titles.participant(line.consumer),
    at: titles.time(line.log_time),
    what: attributes.length > 0 ? attributes.join(', ') : titles.evidence(line.evidence_type),
    from: titles.register(register),
    why: reasonOf(line, titles),
  });
}

function reasonOf({ purpose, legal_basis }: Pick<ListedEntry, 'purpose' | 'legal_basis'>, titles: Titles): string {
  const law = titles.law(purpose, legal_basis);
  return law === '' ? titles.purpose(purpose) : `${titles.purpose(purpose)} (${law})`;
}

const FORM_OF_EVENT: Readonly<Record<string, keyof Forms | undefined>> = {
  'retrieval.opened': 'begun',
  'retrieval.resumed': 'begun',
  'retrieval.repeated': 'begun',
  'retrieval.late': 'later',
  'retrieval.held': 'held',
  'preview.shown': 'shown',
  'identity.opened': 'identified',
  'identity.closed': 'identified',
  'trigger.granted': 'decided',
  'trigger.withdrawn': 'withdrawn',
  refused: 'refused',
  'subject.inquired': 'asked',
  'record.opened': 'opened',
  'oversight.read': 'inspectedEntry',
  'discrepancy.reported': 'reported',
  incident: 'incident',
};

const FORM_OF_OUTCOME: Readonly<Record<string, keyof Forms | undefined>> = {
  released: 'given',
  partly_released: 'given',
  withheld_by_applicant: 'withheld',
  deferred: 'later',
};

function formOf({ event, outcome, purpose }: ListedEntry): keyof Forms {
  if (event === 'retrieval.closed') return FORM_OF_OUTCOME[outcome] ?? 'notGiven';
  if (event === 'record.opened' && purpose === OWN_PURPOSE) return 'ownLook';
  if (event === 'subject.listed') return purpose === OWN_PURPOSE ? 'ownLook' : 'inspected';
  return FORM_OF_EVENT[event] ?? 'other';
}

function lineForm({ event, outcome, evidence_type }: RegisterLine): keyof Forms {
  if (event === 'subject-read') return outcome === 'refused' ? 'refused' : 'asked';
  if (event === 'discrepancy') return 'reportTaken';
  if (outcome === 'answered' || outcome === 'repeated') return evidence_type === 'identity' ? 'identified' : 'given';
  return outcome === 'deferred' ? 'later' : 'notGiven';
}

const STEPS: readonly string[] = [
  'retrieval.opened',
  'retrieval.resumed',
  'retrieval.repeated',
  'identity.opened',
  'identity.closed',
];

/** A step on the way, whose end is an entry of its own, or a look of the person themself: shown apart. */
export function isStep({ event, purpose }: Pick<ListedEntry, 'event' | 'purpose'>): boolean {
  return STEPS.includes(event) || isOwnLook({ event, purpose });
}

/** What the person did at these pages in order to see this; what they reported is more than a look. */
export function isOwnLook({ event, purpose }: Pick<ListedEntry, 'event' | 'purpose'>): boolean {
  return purpose === OWN_PURPOSE && event !== 'discrepancy.reported' && event !== 'discrepancy';
}

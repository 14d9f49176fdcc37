import type { InLanguages } from '../language.js';

type Texts = Readonly<{
  title: string;
  case: string;
  made: string;
  term: string;
  known: string;
  due: string;
  state: string;
  reported: string;
  notReported: string;
  late: string;
  nature: string;
  cause: string;
  evidence: string;
  categories: string;
  roles: string;
  named: string;
  persons: string;
  records: string;
  contact: string;
  consequences: string;
  measures: string;
  missing: string;
  steps: string;
  proof: string;
  proofText: string;
}>;

const DE: Texts = {
  title: 'Meldung einer Verletzung des Schutzes personenbezogener Daten (Art. 33 DSGVO)',
  case: 'Vorgang',
  made: 'Erstellt am',
  term: 'Frist (Art. 33 Abs. 1)',
  known: 'Bekannt geworden am',
  due: 'Zu melden bis',
  state: 'Stand',
  reported: 'Gemeldet am',
  notReported: 'noch nicht',
  late: 'Nach Ablauf von 72 Stunden; Grund der Verzögerung',
  nature: 'Art der Verletzung (Abs. 3 Buchst. a)',
  cause: 'Worum es geht',
  evidence: 'Nachweis',
  categories: 'Kategorien von Daten',
  roles: 'Kategorien von Personen',
  named: 'Personen, die der Eintrag nennt',
  persons: 'Betroffene Personen, ungefähr',
  records: 'Betroffene Datensätze, ungefähr',
  contact: 'Anlaufstelle (Buchst. b)',
  consequences: 'Wahrscheinliche Folgen (Buchst. c)',
  measures: 'Maßnahmen (Buchst. d)',
  missing: 'Noch nicht angegeben; wird nachgereicht (Abs. 4).',
  steps: 'Was geschehen ist, das Neueste zuerst (Abs. 5)',
  proof: 'Nachprüfbar',
  proofText: 'Blatt im Protokoll für Eintrag',
};

const SIMPLE: Texts = {
  title: 'Meldung: Daten waren nicht sicher (Art. 33 DSGVO)',
  case: 'Vorgang',
  made: 'Geschrieben am',
  term: 'Zeit für die Meldung (Abs. 1)',
  known: 'Bekannt seit',
  due: 'Melden bis',
  state: 'So weit sind wir',
  reported: 'Gemeldet am',
  notReported: 'noch nicht',
  late: 'Später als 72 Stunden. Der Grund',
  nature: 'Was ist passiert? (Abs. 3 Buchst. a)',
  cause: 'Darum geht es',
  evidence: 'Nachweis',
  categories: 'Diese Daten',
  roles: 'Diese Personen',
  named: 'So viele Personen stehen im Eintrag',
  persons: 'So viele Personen ungefähr',
  records: 'So viele Datensätze ungefähr',
  contact: 'Wen kann man fragen? (Buchst. b)',
  consequences: 'Was kann passieren? (Buchst. c)',
  measures: 'Was wird getan? (Buchst. d)',
  missing: 'Das fehlt noch. Es kommt später (Abs. 4).',
  steps: 'Das ist geschehen. Das Neueste steht oben (Abs. 5)',
  proof: 'Das kann man prüfen',
  proofText: 'Blatt im Protokoll für Eintrag',
};
export const BREACH_TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    title: 'Notification of a personal data breach (GDPR Art. 33)',
    case: 'case',
    made: 'Made at',
    term: 'Term (Art. 33 (1))',
    known: 'Became known at',
    due: 'To be reported until',
    state: 'State',
    reported: 'Reported at',
    notReported: 'not yet',
    late: 'After more than 72 hours; reason of the delay',
    nature: 'Nature of the breach ((3) a)',
    cause: 'What it is about',
    evidence: 'Evidence',
    categories: 'Categories of data',
    roles: 'Categories of persons',
    named: 'Persons whom the entry names',
    persons: 'Persons concerned, approximately',
    records: 'Records concerned, approximately',
    contact: 'Contact ((3) b)',
    consequences: 'Likely consequences ((3) c)',
    measures: 'Measures ((3) d)',
    missing: 'Not stated yet; follows later ((4)).',
    steps: 'What was done, the newest first ((5))',
    proof: 'Can be verified',
    proofText: 'Leaf in the log for entry',
  },
};

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
  title: 'Meldung: Daten sind an Fremde gekommen (Artikel 33 DSGVO)',
  case: 'Fall',
  made: 'Geschrieben am',
  term: 'So lange ist Zeit (Absatz 1)',
  known: 'Das wissen wir seit',
  due: 'Melden bis',
  state: 'So weit sind wir',
  reported: 'Gemeldet am',
  notReported: 'noch nicht',
  late: 'Mehr als 72 Stunden sind vorbei. Darum hat es so lange gedauert',
  nature: 'Was ist passiert? (Absatz 3 a)',
  cause: 'Worum geht es?',
  evidence: 'Welcher Nachweis?',
  categories: 'Welche Daten?',
  roles: 'Welche Personen?',
  named: 'So viele Personen stehen im Eintrag',
  persons: 'So viele Personen sind es ungefähr',
  records: 'So viele Datensätze sind es ungefähr',
  contact: 'Wer beantwortet Fragen? (Absatz 3 b)',
  consequences: 'Was kann jetzt passieren? (Absatz 3 c)',
  measures: 'Was tun wir dagegen? (Absatz 3 d)',
  missing: 'Das wissen wir noch nicht. Wir melden es später (Absatz 4).',
  steps: 'Das ist schon passiert. Das Neueste steht oben (Absatz 5)',
  proof: 'So kann man das prüfen',
  proofText: 'Prüf-Zahl für den Eintrag',
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

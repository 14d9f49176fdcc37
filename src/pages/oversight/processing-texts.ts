import type { ParticipantKind } from '../../catalogue/catalogue.js';
import type { InLanguages } from '../language.js';

type Texts = Readonly<{
  lead: string;
  service: string;
  controller: string;
  officer: string;
  toFillIn: string;
  notVerified: string;
  purposes: string;
  categories: string;
  subjects: string;
  ofEvidence: string;
  use: string;
  retrievals: string;
  lookups: string;
  neverUsed: string;
  deletion: string;
  period: string;
  log: string;
  months: string;
  contents: string;
  contentsPeriod: string;
  recipients: string;
  recipientsPeriod: string;
  days: string;
  measures: string;
  document: string;
  kinds: Readonly<Record<ParticipantKind, string>>;
  json: string;
  version: string;
  impact: string;
}>;

const DE: Texts = {
  lead: 'Erzeugt aus dem Katalog in Kraft und dem Protokoll (Art. 30 Abs. 1 DSGVO): jede Übermittlung, die eine Regel erlaubt. Was hier nicht steht, wird nicht übermittelt.',
  service: 'Verarbeitung',
  controller: 'Empfänger und Verantwortlicher (Buchst. a, d)',
  officer: 'Datenschutz',
  toFillIn: 'Kontakt ist vom Verantwortlichen zu ergänzen',
  notVerified: 'nicht geprüft, vom Verantwortlichen zu bestätigen',
  purposes: 'Zweck und Rechtsgrundlage (Buchst. b)',
  categories: 'Kategorien von Daten und ihre Quelle (Buchst. c)',
  subjects: 'Betroffene (Buchst. c)',
  ofEvidence: 'Wer im Nachweis steht',
  use: 'Nutzung im letzten Jahr',
  retrievals: 'Abrufe',
  lookups: 'Personensuchen',
  neverUsed: 'nie, soweit das Protokoll zurückreicht',
  deletion: 'Löschfristen (Buchst. f)',
  period: 'Frist',
  log: 'Protokolldaten',
  months: 'Monate',
  contents: 'Inhalt der Nachweise',
  contentsPeriod: 'mit der Antwort; in der Vorschau höchstens 60 Minuten (EGovG § 5 Abs. 5)',
  recipients: 'Beim Empfänger',
  recipientsPeriod: 'nach dem Recht des Empfängers; wo eine Regel es begrenzt, steht es bei der Verarbeitung',
  days: 'Tage Nutzung beim Empfänger',
  measures: 'Technische und organisatorische Maßnahmen (Buchst. g)',
  document: 'Ausführlich in',
  kinds: {
    'online-service': 'Behörde mit Onlinedienst',
    authority: 'Behörde mit eigener Aufgabe',
    register: 'Registerführende Stelle',
    'identity-directory': 'Identitätsdatenabruf',
    intermediary: 'Vermittlungsstelle',
    node: 'Anschlussknoten',
    pages: 'Seiten für Bürger und Datenschutz',
  },
  json: 'Als JSON herunterladen',
  version: 'Version des Katalogs',
  impact: 'Grundlagen einer Datenschutz-Folgenabschätzung (Art. 35 DSGVO)',
};
const SIMPLE: Texts = {
  lead: 'Diese Liste kommt aus unseren Regeln und dem Protokoll (Artikel 30 DSGVO). Was hier nicht steht, geben wir nicht weiter.',
  service: 'Was wir machen',
  controller: 'Wer bekommt die Daten?',
  officer: 'Daten-Schutz',
  toFillIn: 'Die Adresse fehlt noch',
  notVerified: 'noch nicht geprüft',
  purposes: 'Wofür, und wo steht das im Gesetz?',
  categories: 'Welche Daten, und woher?',
  subjects: 'Um wen geht es?',
  ofEvidence: 'Die Person, um die es in den Daten geht',
  use: 'Wie oft im letzten Jahr?',
  retrievals: 'So oft haben wir Daten geholt',
  lookups: 'So oft haben wir eine Person gesucht',
  neverUsed: 'noch nie',
  deletion: 'Wann löschen wir?',
  period: 'Dann löschen wir',
  log: 'Das Protokoll',
  months: 'Monate',
  contents: 'Die Daten selbst',
  contentsPeriod: 'sofort nach der Antwort, spätestens nach 60 Minuten (EGovG § 5 Absatz 5)',
  recipients: 'Beim Amt, das die Daten bekommt',
  recipientsPeriod: 'Das steht in den Gesetzen für dieses Amt',
  days: 'Tage darf das Amt die Daten nutzen',
  measures: 'So schützen wir die Daten',
  document: 'Mehr steht in',
  kinds: {
    'online-service': 'Amt mit Online-Dienst',
    authority: 'Amt',
    register: 'Amt mit Register',
    'identity-directory': 'Stelle, die Personen findet',
    intermediary: 'Stelle, die Regeln prüft',
    node: 'Stelle, die Daten holt',
    pages: 'Diese Seiten',
  },
  json: 'Als JSON-Datei laden',
  version: 'Nummer der Regeln',
  impact: 'Was wir vorher prüfen (Artikel 35 DSGVO)',
};
export const PROCESSING_TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    lead: 'Made from the catalogue in force and the log (GDPR Art. 30 (1)): every transfer that a rule permits. What is not here is not transferred.',
    service: 'Processing',
    controller: 'Recipient and controller (a, d)',
    officer: 'Data protection',
    toFillIn: 'contact to be filled in by the controller',
    notVerified: 'not verified, to be confirmed by the controller',
    purposes: 'Purpose and legal basis (b)',
    categories: 'Categories of data and their source (c)',
    subjects: 'Data subjects (c)',
    ofEvidence: 'Whom the evidence is about',
    use: 'Use in the last year',
    retrievals: 'retrievals',
    lookups: 'lookups of persons',
    neverUsed: 'never, as far as the log reaches back',
    deletion: 'Time limits for erasure (f)',
    period: 'Limit',
    log: 'Data of the log',
    months: 'months',
    contents: 'Content of evidence',
    contentsPeriod: 'with the answer; in a preview 60 minutes at most (EGovG § 5 Abs. 5)',
    recipients: 'At the recipient',
    recipientsPeriod: 'by the law of the recipient; where a rule limits it, it stands with the processing',
    days: 'days of use at the recipient',
    measures: 'Technical and organisational measures (g)',
    document: 'In detail in',
    kinds: {
      'online-service': 'authority with an online service',
      authority: 'authority with a task of its own',
      register: 'keeper of a register',
      'identity-directory': 'identity directory',
      intermediary: 'intermediary',
      node: 'access node',
      pages: 'pages for citizens and data protection',
    },
    json: 'Download as JSON',
    version: 'Version of the catalogue',
    impact: 'Inputs of an impact assessment (GDPR Art. 35)',
  },
};

/** In general terms; each says which document owns it. */
export const MEASURES: readonly Readonly<{ document: string; measure: InLanguages<string> }>[] = [
  {
    document: 'docs/threat-model.md',
    measure: {
      de: 'Jede Verbindung ist verschlüsselt und beidseitig angemeldet (TLS 1.3)',
      'de-simple': 'Alle Wege sind verschlüsselt. Beide Seiten zeigen, wer sie sind.',
      en: 'Every connection is encrypted and authenticated on both sides (TLS 1.3)',
    },
  },
  {
    document: 'docs/policy.md',
    measure: {
      de: 'Regeln und Grenzen lassen nur die nötigen Angaben durch; Knoten, Vermittlungsstelle und Register prüfen jede für sich',
      'de-simple': 'Wir geben nur weiter, was nötig ist. Drei Stellen prüfen das.',
      en: 'Rules and limits let through what is needed alone; node, intermediary and register each check for themselves',
    },
  },
  {
    document: 'docs/data.md',
    measure: {
      de: 'Personenbezogenes liegt verschlüsselt oder als Schlüsselwert vor und wird nach Frist mit seinen Schlüsseln vernichtet',
      'de-simple': 'Gespeicherte Daten sind verschlüsselt. Danach löschen wir sie.',
      en: 'Personal data is kept encrypted or as a keyed digest, and destroyed with its keys when its term ends',
    },
  },
  {
    document: 'docs/oversight.md',
    measure: {
      de: 'Jeder Abruf und jede Einsicht steht in einem Protokoll, das niemand unbemerkt ändern kann; Zeugen bestätigen es',
      'de-simple': 'Wir schreiben jeden Abruf auf. Niemand kann das heimlich ändern.',
      en: 'Every retrieval and every look is in a log that nobody can alter unnoticed; witnesses vouch for it',
    },
  },
  {
    document: 'docs/governance.md',
    measure: {
      de: 'Regeln und Teilnehmer ändern nur zwei Personen gemeinsam',
      'de-simple': 'Nur zwei Personen zusammen dürfen Regeln ändern.',
      en: 'Rules and participants are changed by two persons together only',
    },
  },
  {
    document: 'docs/operations.md',
    measure: {
      de: 'Sicherung, Wiederherstellung und der Austausch von Schlüsseln sind geregelt und werden geübt',
      'de-simple': 'Nach einem Fehler können wir die Daten wiederherstellen.',
      en: 'Backup, recovery and exchange of keys are laid down and rehearsed',
    },
  },
];

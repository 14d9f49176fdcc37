import type { InLanguages } from '../language.js';

type Texts = Readonly<{
  title: string;
  lead: string;
  version: string;
  description: string;
  processings: string;
  volumes: string;
  service: string;
  recipient: string;
  purpose: string;
  subjects: string;
  retrievals: string;
  necessity: string;
  evidence: string;
  basis: string;
  triggers: Readonly<Record<string, string>>;
  preview: string;
  fields: string;
  leftOut: string;
  risks: string;
  what: string;
  value: string;
  refused: string;
  open: string;
  erasureDue: string;
  measures: string;
  denials: string;
  limit: string;
  retention: string;
  months: string;
  witnesses: string;
  reconciled: string;
  insideAreas: string;
  yes: string;
  no: string;
  threshold: string;
  json: string;
}>;

const DE: Texts = {
  title: 'Grundlagen einer Datenschutz-Folgenabschätzung',
  lead: 'Was Art. 35 Abs. 7 DSGVO verlangt, soweit Katalog und Protokoll es wissen. Wie schwer ein Risiko wiegt und ob die Maßnahmen genügen, beurteilen Menschen.',
  version: 'Version des Katalogs',
  description: 'Beschreibung und Zwecke (Buchst. a)',
  processings: 'Verarbeitungen',
  volumes: 'Umfang im letzten Jahr',
  service: 'Verarbeitung',
  recipient: 'Empfänger',
  purpose: 'Zweck und Rechtsgrundlage',
  subjects: 'Betroffene',
  retrievals: 'Abrufe',
  necessity: 'Notwendigkeit und Verhältnismäßigkeit (Buchst. b)',
  evidence: 'Nachweis',
  basis: 'Rechtsgrundlage und Anlass',
  triggers: {
    CHOICE: 'Wahl der Person',
    CONSENT: 'Einwilligung',
    EXPLICIT_REQUEST: 'ausdrückliches Ersuchen',
    STATUTORY_TASK: 'gesetzliche Aufgabe',
  },
  preview: 'mit Vorschau',
  fields: 'Angefragte Daten',
  leftOut: 'Was das Register darüber hinaus hat',
  risks: 'Risiken: was im letzten Jahr geschah (Buchst. c)',
  what: 'Was',
  value: 'Stand',
  refused: 'Abgelehnt',
  open: 'gerade offene Abrufe',
  erasureDue: 'überfällige Löschungen (0 oder 1)',
  measures: 'Abhilfemaßnahmen in Kraft (Buchst. d)',
  denials: 'Ausdrückliche Verbote',
  limit: 'Grenze der Regel',
  retention: 'Löschung',
  months: 'Monate',
  witnesses: 'Zeugen: nötig / benannt; gegengezeichnet / protokolliert',
  reconciled: 'Mit dem Protokoll verglichen',
  insideAreas: 'Prüfung auch innerhalb eines Bereichs (IDNrG § 12 Abs. 4)',
  yes: 'ja',
  no: 'nein',
  threshold: 'Auffällig ab',
  json: 'Als JSON herunterladen',
};

const SIMPLE: Texts = {
  title: 'Was kann mit den Daten passieren?',
  lead: 'Das Gesetz fragt: Wie gefährlich ist das? Hier steht, was wir dazu wissen. Menschen müssen entscheiden (Artikel 35 Absatz 7 DSGVO).',
  version: 'Nummer der Regeln',
  description: 'Was machen wir, und wofür? (a)',
  processings: 'Das machen wir mit Daten',
  volumes: 'So viel war es in einem Jahr',
  service: 'Was wir machen',
  recipient: 'Wer bekommt die Daten?',
  purpose: 'Wofür, und wo steht das im Gesetz?',
  subjects: 'Um wen geht es?',
  retrievals: 'So oft wurden Daten geholt',
  necessity: 'Brauchen wir die Daten wirklich? (b)',
  evidence: 'Welcher Nachweis?',
  basis: 'Wo steht das im Gesetz, und warum?',
  triggers: {
    CHOICE: 'Die Person hat Ja gesagt',
    CONSENT: 'Die Person ist einverstanden',
    EXPLICIT_REQUEST: 'Die Person hat darum gebeten',
    STATUTORY_TASK: 'Das Amt muss das tun',
  },
  preview: 'die Person sieht die Daten zuerst',
  fields: 'Diese Daten holen wir',
  leftOut: 'Diese Daten holen wir nicht',
  risks: 'Was ist in einem Jahr schiefgegangen? (c)',
  what: 'Was',
  value: 'Wie oft',
  refused: 'Wir haben Nein gesagt',
  open: 'Das läuft gerade noch',
  erasureDue: 'Es ist Zeit zum Löschen (0 heißt Nein, 1 heißt Ja)',
  measures: 'Das tun wir für den Schutz (d)',
  denials: 'Das ist immer verboten',
  limit: 'So oft darf man fragen',
  retention: 'Wann löschen wir?',
  months: 'Monate',
  witnesses: 'Zeugen: so viele brauchen wir / so viele gibt es; unterschrieben / aufgeschrieben',
  reconciled: 'Verglichen mit dem Protokoll von',
  insideAreas: 'Wir prüfen auch in einem Bereich (IDNrG § 12 Abs. 4)',
  yes: 'ja',
  no: 'nein',
  threshold: 'Ab hier fällt es auf',
  json: 'Als JSON-Datei laden',
};

export const IMPACT_TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    title: 'Inputs of an impact assessment',
    lead: 'What GDPR Art. 35 (7) asks for, as far as catalogue and log know it. How heavy a risk weighs and whether the measures suffice is for people to assess.',
    version: 'Version of the catalogue',
    description: 'Description and purposes (a)',
    processings: 'Processing operations',
    volumes: 'Volume of the last year',
    service: 'Processing',
    recipient: 'Recipient',
    purpose: 'Purpose and legal basis',
    subjects: 'Data subjects',
    retrievals: 'Retrievals',
    necessity: 'Necessity and proportionality (b)',
    evidence: 'Evidence',
    basis: 'Legal basis and trigger',
    triggers: {
      CHOICE: 'choice of the person',
      CONSENT: 'consent',
      EXPLICIT_REQUEST: 'explicit request',
      STATUTORY_TASK: 'statutory task',
    },
    preview: 'with a preview',
    fields: 'Data asked for',
    leftOut: 'What the register has beyond that',
    risks: 'Risks: what happened in the last year (c)',
    what: 'What',
    value: 'State',
    refused: 'Refused',
    open: 'retrievals open right now',
    erasureDue: 'erasures overdue (0 or 1)',
    measures: 'Measures in force (d)',
    denials: 'Explicit denials',
    limit: 'Limit of the rule',
    retention: 'Erasure',
    months: 'months',
    witnesses: 'Witnesses: needed / named; cosigned / logged',
    reconciled: 'Compared with the log of',
    insideAreas: 'Check inside an area, too (IDNrG § 12 Abs. 4)',
    yes: 'yes',
    no: 'no',
    threshold: 'Unusual from',
    json: 'Download as JSON',
  },
};

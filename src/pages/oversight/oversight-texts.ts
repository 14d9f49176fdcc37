import type { InLanguages } from '../language.js';

type Texts = Readonly<{
  /** Parts of oversight, in the order in which they are shown. */
  parts: string;
  overview: string;
  entries: string;
  person: string;
  incidents: string;
  anomalies: string;
  samples: string;
  reads: string;
  processing: string;
  catalogue: string;
  logged: string;
  data: string;
  none: string;
  next: string;
  first: string;
  time: string;
  event: string;
  consumer: string;
  register: string;
  purpose: string;
  legalBasis: string;
  outcome: string;
  reason: string;
  count: string;
  entry: string;
  why: string;
  fileReference: string;
  whyHint: string;
  officersOnly: string;
}>;

const DE: Texts = {
  parts: 'Datenschutzkontrolle',
  overview: 'Übersicht',
  entries: 'Einträge',
  person: 'Personensuche',
  incidents: 'Vorfälle',
  anomalies: 'Auffälligkeiten',
  samples: 'Stichproben',
  reads: 'Einsichten',
  processing: 'Verzeichnis der Verarbeitungen',
  catalogue: 'Berechtigungen',
  logged: 'Jede Einsicht in das Protokoll ist dort ein Eintrag.',
  data: 'Werte als Tabelle',
  none: 'Keine Einträge.',
  next: 'Weitere',
  first: 'Zum Anfang',
  time: 'Zeit',
  event: 'Ereignis',
  consumer: 'Wer fragte',
  register: 'Register',
  purpose: 'Zweck',
  legalBasis: 'Rechtsgrundlage',
  outcome: 'Ausgang',
  reason: 'Grund',
  count: 'Anzahl',
  entry: 'Eintrag',
  why: 'Grund der Einsicht',
  fileReference: 'Aktenzeichen',
  whyHint: 'Mindestens 10 Zeichen. Der Grund steht im Protokoll; andere Datenschutzbeauftragte sehen ihn.',
  officersOnly: 'Das können nur Datenschutzbeauftragte.',
};

/** Whoever inspects does so by profession: their pages have no plain German. */
export const OVERSIGHT_TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': DE,
  en: {
    parts: 'Data-protection control',
    overview: 'Overview',
    entries: 'Entries',
    person: 'Person search',
    incidents: 'Incidents',
    anomalies: 'Anomalies',
    samples: 'Samples',
    reads: 'Reads',
    processing: 'Records of processing',
    catalogue: 'Permissions',
    logged: 'Every look into the log is an entry of it.',
    data: 'Values as a table',
    none: 'No entries.',
    next: 'More',
    first: 'Back to the first',
    time: 'Time',
    event: 'Event',
    consumer: 'Who asked',
    register: 'Register',
    purpose: 'Purpose',
    legalBasis: 'Legal basis',
    outcome: 'Outcome',
    reason: 'Reason',
    count: 'Count',
    entry: 'Entry',
    why: 'Reason for the inspection',
    fileReference: 'File reference',
    whyHint: 'At least 10 characters. It is put on record, and other officers see it.',
    officersOnly: 'Only data-protection officers can do this.',
  },
};

type Words = Readonly<Record<string, string>>;

const OUTCOMES_DE: Words = {
  released: 'weitergegeben',
  partly_released: 'teilweise weitergegeben',
  refused: 'abgelehnt',
  failed: 'fehlgeschlagen',
  deferred: 'angekündigt',
  held: 'in Vorschau',
  withheld_by_applicant: 'von der Person zurückgehalten',
  unknown: 'ungeklärt',
};

/** What of an outcome, a cause or an alarm a reader is told; what is not here is shown as it is named in the log. */
export const WORDS: InLanguages<Words> = {
  de: {
    ...OUTCOMES_DE,
    incident: 'Vorfall',
    anomaly: 'Auffälligkeit',
    'reconciliation.finding': 'Abweichung vom Protokoll des Registers',
    SURPLUS_FIELDS: 'Register lieferte mehr als erlaubt',
    VOLUME: 'Ungewöhnlich viele Abrufe',
    REFUSALS: 'Viele Ablehnungen',
    OFF_HOURS: 'Abrufe außerhalb der Dienstzeit',
    NEVER_USED: 'Abgerufen und nicht verwendet',
    SAME_PERSON: 'Viele Stellen fragten nach derselben Person',
    NO_FILE_REFERENCE: 'Gesetzliche Aufgabe ohne Aktenzeichen',
    TOO_MANY_MISIDENTIFICATIONS: 'Viele Suchen ohne Treffer',
    open: 'offen',
    in_progress: 'in Prüfung',
    reported: 'gemeldet',
    dismissed: 'abgeschlossen',
    in_order: 'in Ordnung',
    objection: 'beanstandet',
  },
  'de-simple': {},
  en: {
    released: 'released',
    partly_released: 'partly released',
    withheld_by_applicant: 'withheld by the applicant',
    'reconciliation.finding': 'difference from the register’s log',
    SURPLUS_FIELDS: 'a register gave more than is permitted',
    VOLUME: 'unusually many retrievals',
    REFUSALS: 'many refusals',
    OFF_HOURS: 'retrievals outside office hours',
    NEVER_USED: 'retrieved and not used',
    SAME_PERSON: 'many bodies asked about the same person',
    NO_FILE_REFERENCE: 'statutory task without a file reference',
    TOO_MANY_MISIDENTIFICATIONS: 'many lookups that found nobody',
    in_progress: 'being examined',
    in_order: 'in order',
  },
};

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
  /** Of what was. */
  consumer: string;
  /** Of what may be. */
  asking: string;
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
  asking: 'Wer fragt',
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

const SIMPLE: Texts = {
  parts: 'Daten-Schutz prüfen',
  overview: 'Überblick',
  entries: 'Einträge',
  person: 'Eine Person suchen',
  incidents: 'Vorfälle',
  anomalies: 'Auffälliges',
  samples: 'Stich-Proben',
  reads: 'Wer hat nachgesehen?',
  processing: 'Was wir mit Daten machen',
  catalogue: 'Wer darf was?',
  logged: 'Wir schreiben auf, was Sie hier ansehen.',
  data: 'Zahlen als Tabelle',
  none: 'Hier steht noch nichts.',
  next: 'Mehr zeigen',
  first: 'Zurück zum Anfang',
  time: 'Wann',
  event: 'Was war los',
  consumer: 'Wer hat gefragt',
  asking: 'Wer fragt',
  register: 'Wer hat die Daten',
  purpose: 'Wofür',
  legalBasis: 'Das steht im Gesetz',
  outcome: 'Wie es ausging',
  reason: 'Warum nicht',
  count: 'Wie oft',
  entry: 'Eintrag',
  why: 'Grund für das Nachsehen',
  fileReference: 'Akten-Zeichen',
  whyHint: 'Schreiben Sie mindestens 10 Zeichen. Wir schreiben den Grund auf. Andere Prüfer sehen ihn.',
  officersOnly: 'Das dürfen nur Personen für Daten-Schutz.',
};
export const OVERSIGHT_TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
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
    asking: 'Who asks',
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

import type { InLanguages } from '../language.js';

/** Until now, from so many days ago. */
export const PERIODS = { day: 1, week: 7, month: 30, year: 365 } as const;
export type Period = keyof typeof PERIODS;

type Texts = Readonly<{
  period: string;
  periods: Readonly<Record<Period, string>>;
  show: string;
  figures: string;
  exchanges: string;
  retrievals: string;
  unknown: string;
  open: string;
  erased: string;
  due: string;
  notDue: string;
  erasure: string;
  oldest: string;
  outcomes: string;
  refusals: string;
  alarms: string;
  byConsumer: string;
  byRegister: string;
  flows: string;
  others: string;
  csv: string;
  released: string;
  log: string;
  size: string;
  witnessed: string;
  witness: string;
  state: string;
  states: Readonly<Record<string, string>>;
  lag: string;
  reconciled: string;
  reconciledTo: string;
  never: string;
  offline: string;
  offlineNeeds: string;
  unreconciled: string;
  atLeast: string;
  terms: string;
  retentionClass: string;
  classes: Readonly<Record<string, string>>;
  term: string;
  months: string;
  nextDue: string;
  overdue: string;
  checkpoints: string;
  checkpoint: string;
  newest: string;
  majority: string;
  root: string;
  at: string;
  signedBy: string;
  nobody: string;
  origin: string;
}>;

const DE: Texts = {
  period: 'Zeitraum',
  periods: { day: '24 Stunden', week: '7 Tage', month: '30 Tage', year: '365 Tage' },
  show: 'Anzeigen',
  figures: 'Zahlen',
  exchanges: 'Austausche',
  retrievals: 'Abrufe',
  unknown: 'Abrufe mit ungeklärtem Ausgang',
  open: 'Gerade offene Abrufe',
  erased: 'Gelöschte Protokolldaten',
  due: 'überfällig: Führen Sie „einmal audit purge“ aus',
  notDue: 'nichts überfällig',
  erasure: 'Löschung nach Frist (IDNrG § 9 Abs. 3)',
  oldest: 'Ältester Eintrag',
  outcomes: 'Abrufe nach Ausgang',
  refusals: 'Ablehnungen nach Grund',
  alarms: 'Vorfälle und Auffälligkeiten',
  byConsumer: 'Abrufe je anfragender Stelle',
  byRegister: 'Abrufe je Register',
  flows: 'Wer bekam wie viel von wem',
  others: 'Alle übrigen zusammen',
  csv: 'Alle Zahlen als CSV herunterladen',
  released: 'Weitergegeben',
  log: 'Zustand des Protokolls',
  size: 'Einträge',
  witnessed: 'davon von Zeugen gegengezeichnet',
  witness: 'Zeuge',
  state: 'Stand',
  states: {
    AGREED: 'stimmt überein',
    BEHIND: 'im Rückstand',
    UNREACHABLE: 'nicht erreichbar',
    INVALID: 'Antwort unbrauchbar',
    INCONSISTENT: 'bestreitet das Protokoll',
  },
  lag: 'Einträge seit seiner letzten Unterschrift',
  reconciled: 'Abgleich mit den Protokollen der Register',
  reconciledTo: 'Verglichen bis',
  never: 'noch nie',
  unreconciled: 'Noch nicht verglichene Abrufe und Suchen',
  atLeast: 'mindestens {}',
  terms: 'Löschfristen',
  retentionClass: 'Art der Einträge',
  classes: { standard: 'gewöhnliche' },
  term: 'Frist',
  months: '{} Monate',
  nextDue: 'Nächste Löschung fällig am',
  overdue: 'Jetzt fällig',
  checkpoints: 'Prüfpunkte',
  checkpoint: 'Prüfpunkt',
  newest: 'der neueste',
  majority: 'der neueste mit Unterschrift einer Mehrheit der Zeugen',
  root: 'Wurzel (SHA-256)',
  at: 'Vom',
  signedBy: 'Unterschrieben von',
  nobody: 'noch niemand',
  origin: 'Name des Protokolls',
  offline: 'So wird das ganze Protokoll geprüft, ohne diesem Knoten zu glauben:',
  offlineNeeds:
    '„trust-policy.txt“ nennt Protokoll und Zeugen (C2SP tlog-policy): Holen Sie die Datei nicht von diesem Knoten. Bei einer eigenen Zertifizierungsstelle kommt „--ca <Datei>“ dazu.',
};

const SIMPLE: Texts = {
  period: 'Welche Zeit?',
  periods: {
    day: 'ein Tag',
    week: 'eine Woche',
    month: '30 Tage',
    year: 'ein Jahr',
  },
  show: 'Zeigen',
  figures: 'Zahlen',
  exchanges: 'So oft wurden Daten geholt',
  retrievals: 'Einzelne Abrufe',
  unknown: 'Wir wissen nicht, wie es ausging',
  open: 'Das läuft gerade noch',
  erased: 'Gelöschte Einträge',
  due: 'Es ist Zeit zum Löschen. Der Befehl heißt „einmal audit purge“.',
  notDue: 'Alles ist gelöscht, was weg muss',
  erasure: 'Löschen nach zwei Jahren (IDNrG § 9 Abs. 3)',
  oldest: 'Der älteste Eintrag',
  outcomes: 'Wie gingen die Abrufe aus?',
  refusals: 'Warum haben wir Nein gesagt?',
  alarms: 'Vorfälle und Auffälliges',
  byConsumer: 'Wer hat wie oft gefragt?',
  byRegister: 'Welches Register wurde wie oft gefragt?',
  flows: 'Wer hat Daten von wem bekommen?',
  others: 'Alle anderen zusammen',
  csv: 'Alle Zahlen als CSV-Datei laden',
  released: 'Weitergegeben',
  log: 'Geht es dem Protokoll gut?',
  size: 'Einträge',
  witnessed: 'davon haben Zeugen unterschrieben',
  witness: 'Zeuge',
  state: 'Was sagt der Zeuge?',
  states: {
    AGREED: 'Das Protokoll stimmt',
    BEHIND: 'Der Zeuge ist noch nicht so weit',
    UNREACHABLE: 'Der Zeuge antwortet nicht',
    INVALID: 'Die Antwort ist nicht brauchbar',
    INCONSISTENT: 'Das Protokoll stimmt nicht',
  },
  lag: 'Neue Einträge seit der letzten Unterschrift',
  reconciled: 'Haben die Register das Gleiche aufgeschrieben?',
  reconciledTo: 'Verglichen bis',
  never: 'noch nie',
  unreconciled: 'Das müssen wir noch vergleichen',
  atLeast: '{} oder mehr',
  terms: 'Wann wird gelöscht?',
  retentionClass: 'Welche Einträge?',
  classes: { standard: 'alle gewöhnlichen' },
  term: 'So lange bleiben sie',
  months: '{} Monate',
  nextDue: 'Dann wird wieder gelöscht',
  overdue: 'Das muss jetzt weg',
  checkpoints: 'Stände des Protokolls',
  checkpoint: 'Stand',
  newest: 'der neueste Stand',
  majority: 'der neueste Stand, den die meisten Zeugen unterschrieben haben',
  root: 'Prüf-Zahl',
  at: 'Wann?',
  signedBy: 'Wer hat unterschrieben?',
  nobody: 'noch niemand',
  origin: 'Name vom Protokoll',
  offline: 'So prüfen Sie das Protokoll selbst:',
  offlineNeeds: 'Die Datei „trust-policy.txt“ nennt die Zeugen. Holen Sie die Datei nicht von uns.',
};
export const OVERVIEW_TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    period: 'Period',
    periods: { day: '24 hours', week: '7 days', month: '30 days', year: '365 days' },
    show: 'Show',
    figures: 'Figures',
    exchanges: 'Exchanges',
    retrievals: 'Retrievals',
    unknown: 'Retrievals with an unknown outcome',
    open: 'Retrievals open right now',
    erased: 'Erased records',
    due: 'overdue: run “einmal audit purge”',
    notDue: 'nothing overdue',
    erasure: 'Erasure after the term (IDNrG § 9 Abs. 3)',
    oldest: 'Oldest entry',
    outcomes: 'Retrievals by outcome',
    refusals: 'Refusals by reason',
    alarms: 'Incidents and anomalies',
    byConsumer: 'Retrievals by who asked',
    byRegister: 'Retrievals by register',
    flows: 'Who got how much from whom',
    others: 'All others together',
    csv: 'Download all figures as CSV',
    released: 'Released',
    log: 'State of the log',
    size: 'Entries',
    witnessed: 'of these cosigned by witnesses',
    witness: 'Witness',
    state: 'State',
    states: {
      AGREED: 'agrees',
      BEHIND: 'behind',
      UNREACHABLE: 'not reachable',
      INVALID: 'unusable answer',
      INCONSISTENT: 'disputes the log',
    },
    lag: 'Entries since its last signature',
    reconciled: 'Comparison with the registers’ logs',
    reconciledTo: 'Compared up to',
    never: 'never',
    unreconciled: 'Retrievals and lookups not compared yet',
    atLeast: 'at least {}',
    terms: 'Terms of erasure',
    retentionClass: 'Kind of entries',
    classes: { standard: 'ordinary' },
    term: 'Term',
    months: '{} months',
    nextDue: 'Next erasure is due on',
    overdue: 'Due now',
    checkpoints: 'Checkpoints',
    checkpoint: 'Checkpoint',
    newest: 'the newest',
    majority: 'the newest that a majority of witnesses signed',
    root: 'Root (SHA-256)',
    at: 'Of',
    signedBy: 'Signed by',
    nobody: 'nobody yet',
    origin: 'Name of the log',
    offline: 'The whole log is checked without believing this node by:',
    offlineNeeds:
      '“trust-policy.txt” names log and witnesses (C2SP tlog-policy): get that file elsewhere than from this node. With a private authority add “--ca <file>”.',
  },
};

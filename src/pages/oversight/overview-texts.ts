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
  stopped: string;
  witness: string;
  state: string;
  states: Readonly<Record<string, string>>;
  lag: string;
  reconciled: string;
  reconciledTo: string;
  never: string;
  offline: string;
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
  stopped: 'Ein Zeuge bestreitet dieses Protokoll. Der Knoten hat angehalten.',
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
  offline: 'So wird das ganze Protokoll ohne diesen Knoten geprüft:',
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
  stopped: 'Ein Zeuge sagt: Das Protokoll stimmt nicht. Wir haben alles angehalten.',
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
  offline: 'So prüfen Sie das Protokoll selbst:',
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
    stopped: 'A witness disputes this log. The node has stopped.',
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
    offline: 'The whole log is checked without this node by:',
  },
};

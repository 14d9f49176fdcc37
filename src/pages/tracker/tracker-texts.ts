import type { RegisterAnswer } from '../../client/citizen-calls.js';
import type { InLanguages } from '../language.js';

type State = RegisterAnswer['state'];

export type TrackerTexts = Readonly<{
  title: string;
  lead: string;
  what: readonly string[];
  choose: string;
  chooseHint: string;
  ask: string;
  lookup: string;
  result: string;
  notKept: string;
  counters: string;
  states: Readonly<Record<State, string>>;
  notAsked: Readonly<Record<Exclude<RegisterAnswer['not_asked'], ''>, string>>;
  register: string;
  state: string;
  reachesBack: string;
  entryCount: string;
  nothingYet: string;
  picture: string;
  pictureText: string;
  log: string;
  logLead: string;
  steps: string;
  details: string;
  question: string;
  prove: string;
  noEntries: string;
  ofRegister: string;
  more: string;
  notWhole: string;
  unanswered: string;
  exportTitle: string;
  exportLead: string;
  exportJson: string;
  exportPdf: string;
  again: string;
  unreachableHint: string;
}>;

export const TRACKER_TEXTS: InLanguages<TrackerTexts> = {
  de: {
    title: 'Wer hat meine Daten verwendet?',
    lead: 'Hier sehen Sie, wer Daten über Sie abgerufen hat, wann und wofür.',
    what: [
      'Wir fragen in diesem Moment das Protokoll dieser Stelle und die Register, die Sie auswählen.',
      'Jedes Register erfährt, dass Sie fragen. Auch Ihre Frage wird protokolliert.',
      'Nichts davon wird gespeichert: Nach dem Abmelden ist die Liste weg.',
    ],
    choose: 'Welche Register sollen gefragt werden?',
    chooseHint: 'Register, die Ihre Identifikationsnummer nicht bekommen dürfen, werden nicht gefragt.',
    ask: 'Register fragen',
    lookup: 'Mit der Frage erklären Sie:',
    result: 'Wer Ihre Daten verwendet hat',
    notKept: 'Diese Liste wird nicht gespeichert.',
    counters: 'So haben die Register geantwortet',
    states: {
      entries: 'mit Einträgen geantwortet',
      no_entries: 'ohne Einträge geantwortet',
      unreachable: 'nicht erreichbar',
      not_asked: 'nicht gefragt',
    },
    notAsked: {
      not_chosen: 'nicht ausgewählt',
      number_not_permitted: 'darf Ihre Identifikationsnummer nicht bekommen',
      not_connected: 'noch nicht angeschlossen',
    },
    register: 'Register',
    state: 'Antwort',
    reachesBack: 'Protokoll reicht zurück bis',
    entryCount: 'Einträge',
    nothingYet: 'noch keine Einträge',
    picture: 'Zeitleiste',
    pictureText: 'Jeder Punkt ist ein Eintrag; die Einträge stehen darunter als Text.',
    log: 'Einträge im Protokoll',
    logLead: 'Das Protokoll der Stelle, die Nachweise für Onlinedienste abruft. Die neuesten Einträge zuerst.',
    steps: 'Zwischenschritte und Ihre eigenen Abfragen',
    details: 'Einzelheiten',
    question: 'Frage oder Beschwerde',
    prove: 'Selbst prüfen',
    noEntries: 'Es gibt keine Einträge über Sie.',
    ofRegister: 'Einträge der Register',
    more: 'Ältere Einträge',
    notWhole: 'Nicht vollständig: Hier stehen nur die neuesten Einträge. Es gibt ältere.',
    unanswered: 'Nicht vollständig: Das Register hat zwischendurch nicht mehr geantwortet. Es gibt ältere Einträge.',
    exportTitle: 'Mitnehmen',
    exportLead: 'Für die Datei wird noch einmal gefragt; auch das wird protokolliert.',
    exportJson: 'Als JSON-Datei',
    exportPdf: 'Als PDF-Datei',
    again: 'Andere Register fragen',
    unreachableHint: 'Was ein Register hat, das nicht erreichbar ist, steht hier nicht. Fragen Sie später noch einmal.',
  },
  'de-simple': {
    title: 'Wer hat meine Daten geholt?',
    lead: 'Hier sehen Sie: Wer hat Ihre Daten geholt? Wann war das? Und warum?',
    what: [
      'Wir fragen jetzt die Ämter.',
      'Jedes Amt merkt: Sie haben gefragt. Auch Ihre Frage schreiben wir auf.',
      'Wir speichern die Liste nicht. Wenn Sie sich abmelden, ist die Liste weg.',
    ],
    choose: 'Welche Ämter sollen wir fragen?',
    chooseHint: 'Manche Ämter dürfen Ihre Nummer nicht haben. Diese Ämter fragen wir nicht.',
    ask: 'Jetzt fragen',
    lookup: 'Wenn Sie fragen, dann sagen Sie damit:',
    result: 'Wer Ihre Daten geholt hat',
    notKept: 'Wir speichern diese Liste nicht.',
    counters: 'Das haben die Ämter gesagt',
    states: {
      entries: 'hat Einträge',
      no_entries: 'hat keine Einträge',
      unreachable: 'antwortet nicht',
      not_asked: 'nicht gefragt',
    },
    notAsked: {
      not_chosen: 'Sie haben es nicht gewählt',
      number_not_permitted: 'darf Ihre Nummer nicht haben',
      not_connected: 'macht noch nicht mit',
    },
    register: 'Amt',
    state: 'Antwort',
    reachesBack: 'Älteste Einträge von',
    entryCount: 'Wie viele Einträge',
    nothingYet: 'noch nichts',
    picture: 'Bild',
    pictureText: 'Jeder Punkt ist ein Eintrag. Unten steht alles als Text.',
    log: 'Das haben wir aufgeschrieben',
    logLead: 'Das Neueste steht oben.',
    steps: 'Mehr zeigen',
    details: 'Mehr lesen',
    question: 'Fragen oder sich beschweren',
    prove: 'Selbst prüfen',
    noEntries: 'Es gibt keine Einträge über Sie.',
    ofRegister: 'Das haben die Ämter aufgeschrieben',
    more: 'Ältere Einträge',
    notWhole: 'Das ist nicht alles. Hier steht nur das Neueste.',
    unanswered: 'Das ist nicht alles. Das Amt hat nicht mehr geantwortet.',
    exportTitle: 'Mitnehmen',
    exportLead: 'Wir fragen dafür noch einmal. Auch das schreiben wir auf.',
    exportJson: 'Datei für Computer (JSON)',
    exportPdf: 'Datei zum Drucken (PDF)',
    again: 'Andere Ämter fragen',
    unreachableHint: 'Ein Amt antwortet nicht. Versuchen Sie es später noch einmal.',
  },
  en: {
    title: 'Who used my data?',
    lead: 'Here you see who retrieved data about you, when, and for what.',
    what: [
      'We ask, at this very moment, the log of this node and the registers that you choose.',
      'Each register learns that you ask. Your question is logged, too.',
      'Nothing of it is stored: once you sign out, the list is gone.',
    ],
    choose: 'Which registers shall be asked?',
    chooseHint: 'Registers that must not receive your identification number are not asked.',
    ask: 'Ask the registers',
    lookup: 'By asking you state:',
    result: 'Who used your data',
    notKept: 'This list is not stored.',
    counters: 'How the registers answered',
    states: {
      entries: 'answered with entries',
      no_entries: 'answered without entries',
      unreachable: 'not reachable',
      not_asked: 'not asked',
    },
    notAsked: {
      not_chosen: 'not chosen',
      number_not_permitted: 'must not receive your identification number',
      not_connected: 'not connected yet',
    },
    register: 'Register',
    state: 'Answer',
    reachesBack: 'Log reaches back to',
    entryCount: 'Entries',
    nothingYet: 'no entries yet',
    picture: 'Timeline',
    pictureText: 'Each dot is an entry; the entries stand below as text.',
    log: 'Entries in the log',
    logLead: 'The log of the node that retrieves evidence for online services. Newest entries first.',
    steps: 'Steps in between, and your own questions',
    details: 'Details',
    question: 'Question or complaint',
    prove: 'Check for yourself',
    noEntries: 'There are no entries about you.',
    ofRegister: 'Entries of the registers',
    more: 'Older entries',
    notWhole: 'Not complete: these are the newest entries only. There are older ones.',
    unanswered: 'Not complete: the register stopped answering. There are older entries.',
    exportTitle: 'Take it with you',
    exportLead: 'For the file the question is asked once more; that is logged, too.',
    exportJson: 'As a JSON file',
    exportPdf: 'As a PDF file',
    again: 'Ask other registers',
    unreachableHint: 'What a register has that is not reachable is not shown here. Ask again later.',
  },
};

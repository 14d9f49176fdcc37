import type { OwnStanding } from '../../client/citizen-calls.js';
import type { InLanguages } from '../language.js';

export type EntryTexts = Readonly<{
  title: string;
  attributes: string;
  noAttributes: string;
  noContent: string;
  purpose: string;
  law: string;
  register: string;
  consumer: string;
  time: string;
  reference: string;
  representation: string;
  ownStatements: string;
  number: string;
  back: string;
  ask: string;
  askLead: string;
  to: string;
  letter: (entry: Readonly<{ index: number; time: string }>) => string;
  /** About a line of a register, which has no number. */
  lineLetter: (line: Readonly<{ register: string; time: string }>) => string;
  /** Of the register itself, where nobody else asked it. */
  ownLineLetter: (line: Readonly<{ time: string }>) => string;
  officer: string;
  notConfirmed: string;
  noAddress: string;
  atRegister: string;
  complain: string;
  wrong: string;
  wrongLead: string;
  which: string;
  remark: string;
  remarkHint: string;
  send: string;
  unfit: string;
  reportTitle: string;
  reportLead: string;
  reportStates: Readonly<Record<OwnStanding['state'], string>>;
  reportState: string;
  accepted: string;
  changed: string;
  explanation: string;
  toReport: string;
}>;

export const ENTRY_TEXTS: InLanguages<EntryTexts> = {
  de: {
    title: 'Ein Eintrag',
    attributes: 'Diese Angaben',
    noAttributes: 'Zu diesem Eintrag gehören keine Angaben über Sie.',
    noContent:
      'Die Inhalte selbst stehen nicht im Protokoll: Sie sind nur beim Register. Auch dass Sie diesen Eintrag öffnen, wird protokolliert.',
    purpose: 'Wofür',
    law: 'Rechtsgrundlage',
    register: 'Register',
    consumer: 'Wer',
    time: 'Wann',
    reference: 'Aktenzeichen',
    representation: 'Für Sie entschied jemand kraft',
    ownStatements: 'Eigene Angaben von Ihnen dazu',
    number: 'Nummer des Eintrags',
    back: 'Zurück zur Liste',
    ask: 'Frage oder Beschwerde',
    askLead: 'Verantwortlich ist, wer die Daten abgerufen hat. Diesen Text können Sie dafür verwenden:',
    letter: (it) =>
      `Im Protokoll steht unter Nummer ${it.index} ein Abruf von Daten über mich am ${it.time}. Bitte teilen Sie mir mit, warum Sie diese Daten abgerufen haben, was Sie damit getan haben und wie lange Sie sie speichern (DSGVO Art. 15).`,
    to: 'An',
    lineLetter: (it) =>
      `Im Protokoll des Registers „${it.register}“ steht ein Abruf von Daten über mich am ${it.time}. Bitte teilen Sie mir mit, warum Sie diese Daten abgerufen haben, was Sie damit getan haben und wie lange Sie sie speichern (DSGVO Art. 15).`,
    ownLineLetter: (it) =>
      `In Ihrem Protokoll steht ein Vorgang über mich am ${it.time}. Bitte teilen Sie mir mit, worum es dabei ging, welche Daten Sie weitergegeben haben und an wen (DSGVO Art. 15).`,
    officer: 'Datenschutz',
    notConfirmed: 'Diese Anschrift hat die Stelle noch nicht bestätigt.',
    noAddress: 'Die Anschrift steht nicht im Katalog. Sie finden sie auf der Website der Stelle.',
    atRegister: 'Fragen an das Register selbst',
    complain:
      'Sie können sich auch bei jeder Datenschutz-Aufsichtsbehörde beschweren (DSGVO Art. 77), etwa beim Bundesbeauftragten für den Datenschutz und die Informationsfreiheit.',
    wrong: 'Ist eine Angabe falsch?',
    wrongLead:
      'Melden Sie es dem Register, das sie gegeben hat. Es prüft die Angabe und sagt Ihnen hier, was daraus geworden ist (IDNrG § 10).',
    which: 'Welche Angabe?',
    remark: 'Was ist richtig, und warum?',
    remarkHint: 'Höchstens 1000 Zeichen. Der Text geht nur an das Register.',
    send: 'An das Register melden',
    unfit: 'Der Text kann so nicht gesendet werden. Bitte schreiben Sie 1 bis 1000 gewöhnliche Zeichen.',
    reportTitle: 'Ihre Meldung an das Register',
    reportLead: 'Sie müssen sich diese Adresse nicht merken: Die Meldung steht auch in Ihrer Liste.',
    reportStates: {
      received: 'angekommen, noch nicht bearbeitet',
      in_review: 'wird geprüft',
      corrected: 'die Angabe war falsch und ist berichtigt',
      not_confirmed: 'die Angabe bleibt, wie sie ist',
    },
    reportState: 'Stand',
    accepted: 'Angekommen',
    changed: 'Zuletzt geändert',
    explanation: 'Das Register sagt dazu',
    toReport: 'Stand dieser Meldung',
  },
  'de-simple': {
    title: 'Ein Eintrag',
    attributes: 'Diese Daten',
    noAttributes: 'Hier geht es nicht um Daten von Ihnen.',
    noContent:
      'Wir schreiben nicht auf, was in den Daten steht. Das weiß nur das Amt. Dass Sie hier lesen, schreiben wir auch auf.',
    purpose: 'Warum',
    law: 'Das steht im Gesetz',
    register: 'Amt',
    consumer: 'Wer',
    time: 'Wann',
    reference: 'Akten-Zeichen',
    representation: 'Jemand hat für Sie entschieden. Grund',
    ownStatements: 'So oft haben Sie selbst etwas dazu geschrieben',
    number: 'Nummer',
    back: 'Zurück zur Liste',
    ask: 'Fragen oder sich beschweren',
    askLead: 'Fragen Sie die Stelle, die Ihre Daten geholt hat. Diesen Brief können Sie nehmen:',
    letter: (it) =>
      `Sie haben Daten über mich geholt. Das war am ${it.time}. Die Nummer ist ${it.index}. Bitte schreiben Sie mir: Warum haben Sie die Daten geholt? Was machen Sie damit? (DSGVO Art. 15)`,
    to: 'An',
    lineLetter: (it) =>
      `Sie haben Daten über mich geholt. Das war am ${it.time}. Das Amt „${it.register}“ hat es aufgeschrieben. Bitte schreiben Sie mir: Warum haben Sie die Daten geholt? Was machen Sie damit? (DSGVO Art. 15)`,
    ownLineLetter: (it) =>
      `Bei Ihnen steht etwas über mich. Das war am ${it.time}. Bitte schreiben Sie mir: Was war das? Wer hat meine Daten bekommen? (DSGVO Art. 15)`,
    officer: 'Daten-Schutz',
    notConfirmed: 'Wir haben diese Adresse noch nicht geprüft.',
    noAddress: 'Wir haben keine Adresse. Sie finden die Adresse im Internet.',
    atRegister: 'Fragen an das Amt mit den Daten',
    complain: 'Sie können sich auch beschweren. Das geht bei einer Stelle für Daten-Schutz (DSGVO Art. 77).',
    wrong: 'Ist etwas falsch?',
    wrongLead: 'Sagen Sie es dem Amt. Das Amt prüft es. Hier sehen Sie dann die Antwort (IDNrG § 10).',
    which: 'Was ist falsch?',
    remark: 'Was ist richtig? Und warum?',
    remarkHint: 'Höchstens 1000 Zeichen. Nur das Amt liest den Text.',
    send: 'Dem Amt sagen',
    unfit: 'Das geht so nicht. Schreiben Sie bitte etwas. Aber nicht mehr als 1000 Zeichen.',
    reportTitle: 'Das haben Sie dem Amt gesagt',
    reportLead: 'Sie finden das auch in Ihrer Liste.',
    reportStates: {
      received: 'Das Amt hat Ihren Text. Es hat noch nicht geprüft.',
      in_review: 'Das Amt prüft.',
      corrected: 'Es war falsch. Jetzt ist es richtig.',
      not_confirmed: 'Es bleibt so, wie es ist.',
    },
    reportState: 'So weit ist es',
    accepted: 'Angekommen',
    changed: 'Zuletzt geändert',
    explanation: 'Das sagt das Amt',
    toReport: 'Wie weit ist das Amt?',
  },
  en: {
    title: 'One entry',
    attributes: 'These data',
    noAttributes: 'No data about you belong to this entry.',
    noContent:
      'The contents themselves are not in the log: they are at the register alone. That you open this entry is logged, too.',
    purpose: 'For what',
    law: 'Legal basis',
    register: 'Register',
    consumer: 'Who',
    time: 'When',
    reference: 'File reference',
    representation: 'Somebody decided for you by virtue of',
    ownStatements: 'Statements of your own about it',
    number: 'Number of the entry',
    back: 'Back to the list',
    ask: 'Question or complaint',
    askLead: 'Whoever retrieved the data is responsible. You can use this text:',
    letter: (it) =>
      `The log has under number ${it.index} a retrieval of data about me on ${it.time}. Please tell me why you retrieved these data, what you did with them and how long you store them (GDPR Art. 15).`,
    to: 'To',
    lineLetter: (it) =>
      `The log of the register “${it.register}” has a retrieval of data about me on ${it.time}. Please tell me why you retrieved these data, what you did with them and how long you store them (GDPR Art. 15).`,
    ownLineLetter: (it) =>
      `Your log has something about me on ${it.time}. Please tell me what it was about, which data you passed on and to whom (GDPR Art. 15).`,
    officer: 'Data protection',
    notConfirmed: 'The body has not confirmed this address yet.',
    noAddress: 'The address is not in the catalogue. You find it on the website of the body.',
    atRegister: 'Questions to the register itself',
    complain:
      'You can also complain to any supervisory authority for data protection (GDPR Art. 77), for example the Federal Commissioner for Data Protection and Freedom of Information.',
    wrong: 'Is something wrong?',
    wrongLead: 'Report it to the register that gave it. It checks, and tells you here what became of it (IDNrG § 10).',
    which: 'Which datum?',
    remark: 'What is right, and why?',
    remarkHint: 'At most 1000 characters. The text goes to the register alone.',
    send: 'Report to the register',
    unfit: 'The text cannot be sent as it is. Please write 1 to 1000 ordinary characters.',
    reportTitle: 'Your report to the register',
    reportLead: 'You need not remember this address: the report is in your list, too.',
    reportStates: {
      received: 'arrived, not dealt with yet',
      in_review: 'being checked',
      corrected: 'the datum was wrong and is corrected',
      not_confirmed: 'the datum stays as it is',
    },
    reportState: 'State',
    accepted: 'Arrived',
    changed: 'Changed last',
    explanation: 'The register says',
    toReport: 'State of this report',
  },
};

import type { InLanguages } from '../language.js';

type Right = Readonly<{ right: string; norm: string; how: string }>;

type Texts = Readonly<{
  title: string;
  lead: string;
  reference: string;
  made: string;
  reaches: string;
  purposes: string;
  categories: string;
  atMost: string;
  recipients: string;
  received: string;
  notReceived: string;
  contact: string;
  officer: string;
  noContact: string;
  sources: string;
  retention: string;
  automated: string;
  noAutomated: string;
  rights: string;
  rightsList: readonly Right[];
  entries: string;
  none: string;
}>;

const ONLY_TAKEN = 'DSGVO Art. 7 Abs. 3';

export const PACKAGE_TEXTS: InLanguages<Texts> = {
  de: {
    title: 'Auskunft über Ihre Daten (Art. 15 DSGVO)',
    lead: 'Diese Auskunft beruht auf dem Protokoll und dem Katalog der Regeln. Inhalte von Nachweisen werden nicht gespeichert und stehen deshalb nicht darin.',
    reference: 'Aktenzeichen',
    made: 'Erstellt am',
    reaches: 'Das Protokoll reicht zurück bis',
    purposes: 'Zwecke und Rechtsgrundlagen (Abs. 1 Buchst. a)',
    categories: 'Kategorien von Daten (Buchst. b)',
    atMost: 'Höchstens diese Angaben durften für den Zweck abgerufen werden.',
    recipients: 'Empfänger (Buchst. c)',
    received: 'hat Daten erhalten',
    notReceived: 'hat keine Nachweise erhalten',
    contact: 'Kontakt',
    officer: 'Datenschutz',
    noContact: 'Kontakt steht noch nicht im Katalog',
    sources: 'Herkunft der Daten (Buchst. g)',
    retention: 'Wie lange gespeichert wird (Buchst. d)',
    automated: 'Automatisierte Entscheidung (Buchst. h)',
    noAutomated:
      'Hier entscheidet kein Programm über Sie: Es werden Nachweise weitergegeben, und die Behörde entscheidet.',
    rights: 'Ihre Rechte (Buchst. e und f)',
    rightsList: [
      {
        right: 'Berichtigung',
        norm: 'DSGVO Art. 16',
        how: 'Wenden Sie sich an das Register oder melden Sie es auf diesen Seiten bei dem Eintrag (IDNrG § 10).',
      },
      {
        right: 'Löschung',
        norm: 'DSGVO Art. 17',
        how: 'Wenden Sie sich an den Empfänger. Das Protokoll wird nach seiner Frist gelöscht.',
      },
      { right: 'Einschränkung', norm: 'DSGVO Art. 18', how: 'Verlangen Sie sie vom Empfänger oder vom Register.' },
      {
        right: 'Widerspruch',
        norm: 'DSGVO Art. 21',
        how: 'Widersprechen Sie beim Empfänger mit den Gründen Ihrer Lage.',
      },
      {
        right: 'Widerruf einer Einwilligung',
        norm: ONLY_TAKEN,
        how: 'Widerrufen Sie auf diesen Seiten unter „Meine Entscheidungen“.',
      },
      {
        right: 'Beschwerde',
        norm: 'DSGVO Art. 77',
        how: 'Beschweren Sie sich bei einer Datenschutz-Aufsichtsbehörde, etwa beim Bundesbeauftragten für den Datenschutz und die Informationsfreiheit.',
      },
    ],
    entries: 'Einträge im Protokoll',
    none: 'keine',
  },
  'de-simple': {
    title: 'Das steht über Sie im Protokoll (DSGVO Artikel 15)',
    lead: 'Wir schreiben auf, wer Daten geholt hat. Was in den Daten steht, speichern wir nicht.',
    reference: 'Akten-Zeichen',
    made: 'Geschrieben am',
    reaches: 'Der älteste Eintrag ist vom',
    purposes: 'Wofür, und wo steht das im Gesetz?',
    categories: 'Welche Daten',
    atMost: 'Mehr als das durfte niemand holen.',
    recipients: 'Wer hat gefragt?',
    received: 'hat Daten bekommen',
    notReceived: 'hat keine Daten bekommen',
    contact: 'Adresse',
    officer: 'Daten-Schutz',
    noContact: 'Die Adresse fehlt noch',
    sources: 'Woher kommen die Daten?',
    retention: 'Wie lange speichern wir?',
    automated: 'Entscheidet ein Computer?',
    noAutomated: 'Nein. Das Amt entscheidet.',
    rights: 'Ihre Rechte',
    rightsList: [
      {
        right: 'Falsche Daten richtig machen',
        norm: 'DSGVO Art. 16',
        how: 'Sagen Sie es dem Amt. Das geht auch auf diesen Seiten.',
      },
      { right: 'Daten löschen', norm: 'DSGVO Art. 17', how: 'Fragen Sie das Amt, das die Daten hat.' },
      { right: 'Daten sperren', norm: 'DSGVO Art. 18', how: 'Fragen Sie das Amt, das die Daten hat.' },
      { right: 'Nein sagen', norm: 'DSGVO Art. 21', how: 'Schreiben Sie dem Amt Ihre Gründe.' },
      { right: 'Ihr Ja zurücknehmen', norm: ONLY_TAKEN, how: 'Das geht auf diesen Seiten.' },
      { right: 'Sich beschweren', norm: 'DSGVO Art. 77', how: 'Das geht bei einer Stelle für Daten-Schutz.' },
    ],
    entries: 'Das steht im Protokoll',
    none: 'keine',
  },
  en: {
    title: 'Information about your data (GDPR Art. 15)',
    lead: 'This information rests on the log and on the catalogue of rules. Contents of evidence are not stored, and therefore not in it.',
    reference: 'File reference',
    made: 'Made on',
    reaches: 'The log reaches back to',
    purposes: 'Purposes and legal bases (1 a)',
    categories: 'Categories of data (1 b)',
    atMost: 'At most these data were permitted to be retrieved for the purpose.',
    recipients: 'Recipients (1 c)',
    received: 'received data',
    notReceived: 'received no evidence',
    contact: 'Contact',
    officer: 'Data protection',
    noContact: 'contact is not in the catalogue yet',
    sources: 'Source of the data (1 g)',
    retention: 'How long it is stored (1 d)',
    automated: 'Automated decision (1 h)',
    noAutomated: 'No program decides about you here: evidence is passed on, and the authority decides.',
    rights: 'Your rights (1 e, f)',
    rightsList: [
      {
        right: 'Rectification',
        norm: 'GDPR Art. 16',
        how: 'Turn to the register, or report it on these pages at the entry (IDNrG § 10).',
      },
      { right: 'Erasure', norm: 'GDPR Art. 17', how: 'Turn to the recipient. The log is erased after its term.' },
      { right: 'Restriction', norm: 'GDPR Art. 18', how: 'Demand it from the recipient or the register.' },
      { right: 'Objection', norm: 'GDPR Art. 21', how: 'Object at the recipient, on grounds of your situation.' },
      {
        right: 'Withdrawal of a consent',
        norm: 'GDPR Art. 7 (3)',
        how: 'Withdraw it on these pages under “My decisions”.',
      },
      {
        right: 'Complaint',
        norm: 'GDPR Art. 77',
        how: 'Complain to a supervisory authority for data protection, for example the Federal Commissioner for Data Protection and Freedom of Information.',
      },
    ],
    entries: 'Entries of the log',
    none: 'none',
  },
};

import type { Representation } from '../../catalogue/catalogue.js';
import type { InLanguages } from '../language.js';

type DecideTexts = Readonly<{
  title: string;
  who: string;
  forWhat: string;
  until: string;
  lead: string;
  signInLead: string;
  signIn: string;
  data: string;
  from: string;
  competent: string;
  basis: string;
  fetch: string;
  bring: string;
  lookups: string;
  lookupsLead: string;
  preview: string;
  previewHint: string;
  all: string;
  send: string;
  notFetched: string;
  decidedTitle: string;
  decidedLead: string;
  decidedNext: string;
  toService: string;
  missing: string;
  /** Before the title of the role that is decided for. */
  capacity: string;
  capacityChecked: string;
  capacities: Readonly<Record<Representation, string>>;
  company: string;
}>;

export const DECIDE_TEXTS: InLanguages<DecideTexts> = {
  de: {
    title: 'Dürfen diese Nachweise abgerufen werden?',
    who: 'Wer fragt',
    forWhat: 'Wofür',
    until: 'Sie können entscheiden bis',
    lead: 'Entscheiden Sie für jeden Nachweis einzeln. Was Sie nicht abrufen lassen, legen Sie selbst vor. Ihr Antrag wird deshalb nicht abgelehnt.',
    signInLead:
      'Um zu entscheiden, weisen Sie sich bitte aus. Nur wer gefragt ist, kann entscheiden. Mit der Anmeldung erklären Sie:',
    signIn: 'Anmelden und entscheiden',
    data: 'Diese Daten',
    from: 'Aus diesem Register',
    competent: 'Das Register, das für Sie zuständig ist',
    basis: 'Rechtsgrundlage',
    fetch: 'Abrufen lassen',
    bring: 'Ich lege den Nachweis selbst vor',
    lookups: 'Wer dafür gesucht wird',
    lookupsLead: 'Lassen Sie etwas abrufen, so erklären Sie damit auch:',
    preview: 'Ich möchte die Daten sehen, bevor sie weitergegeben werden',
    previewHint: 'Das ist Ihr Recht (EGovG § 5 Abs. 5). Bis Sie sie freigeben, bekommt niemand die Daten.',
    all: 'Alle abrufen lassen',
    send: 'Meine Auswahl absenden',
    notFetched: 'Dafür ist noch kein Register angeschlossen. Das legen Sie selbst vor:',
    decidedTitle: 'Ihre Entscheidung ist gespeichert',
    decidedLead: 'Der Onlinedienst kann jetzt abrufen, was Sie erlaubt haben. Der Link gilt nicht noch einmal.',
    decidedNext: 'Gehen Sie zum Onlinedienst zurück und setzen Sie Ihren Antrag fort.',
    toService: 'Zurück zum Onlinedienst',
    missing: 'Bitte entscheiden Sie über jeden Nachweis.',
    capacity: 'Als wer entscheiden Sie für:',
    capacityChecked:
      'Ob Sie für diese Person entscheiden dürfen, wird geprüft, bevor Ihre Entscheidung gespeichert wird. Dazu wird ihre Identifikationsnummer ermittelt.',
    capacities: {
      custody: 'Ich habe das Sorgerecht',
      guardianship: 'Ich bin Vormund',
      care: 'Ich bin rechtliche Betreuerin oder rechtlicher Betreuer',
      'power-of-attorney': 'Ich habe eine Vollmacht',
      organ: 'Ich vertrete das Unternehmen',
    },
    company:
      'Für ein Unternehmen entscheidet, wer es vertritt. Das Register prüft das bei jedem Abruf und gibt sonst nichts heraus.',
  },
  'de-simple': {
    title: 'Darf das Amt diese Daten holen?',
    who: 'Wer fragt',
    forWhat: 'Warum',
    until: 'Sie haben Zeit bis',
    lead: 'Sagen Sie bei jedem Papier Ja oder Nein. Bei Nein bringen Sie das Papier selbst. Das ist erlaubt.',
    signInLead:
      'Zeigen Sie bitte zuerst, wer Sie sind. Nur dann können Sie Ja oder Nein sagen. Mit dem Anmelden sagen Sie:',
    signIn: 'Anmelden',
    data: 'Diese Daten',
    from: 'Das Amt fragt hier',
    competent: 'Das Amt an Ihrem Ort',
    basis: 'Das steht im Gesetz',
    fetch: 'Ja, das Amt darf die Daten holen',
    bring: 'Nein, ich bringe das Papier selbst',
    lookups: 'Wen wir dafür suchen',
    lookupsLead: 'Wenn Sie Ja sagen, dann sagen Sie damit auch:',
    preview: 'Ich will die Daten zuerst sehen',
    previewHint: 'Das dürfen Sie immer. Niemand bekommt die Daten vorher.',
    all: 'Ja zu allem',
    send: 'Meine Wahl senden',
    notFetched: 'Das kann das Amt noch nicht holen. Das bringen Sie selbst:',
    decidedTitle: 'Fertig. Wir haben Ihre Wahl',
    decidedLead: 'Das Amt kann jetzt die Daten holen, zu denen Sie Ja gesagt haben.',
    decidedNext: 'Gehen Sie zurück zu Ihrem Antrag.',
    toService: 'Zurück zum Antrag',
    missing: 'Sagen Sie bitte bei jedem Papier Ja oder Nein.',
    capacity: 'Sie entscheiden für:',
    capacityChecked: 'Warum dürfen Sie das? Wir prüfen Ihre Antwort. Dafür suchen wir die Steuer-Nummer der Person.',
    capacities: {
      custody: 'Ich bin Mutter oder Vater',
      guardianship: 'Ich bin Vormund',
      care: 'Ich bin rechtlicher Betreuer oder rechtliche Betreuerin',
      'power-of-attorney': 'Ich habe eine Vollmacht',
      organ: 'Ich bin Chef oder Chefin der Firma',
    },
    company: 'Sie entscheiden für eine Firma. Das Register prüft: Dürfen Sie das? Sonst gibt es keine Daten.',
  },
  en: {
    title: 'May this evidence be fetched?',
    who: 'Who asks',
    forWhat: 'For what',
    until: 'You can decide until',
    lead: 'Decide for each piece of evidence. What you do not have fetched you hand in yourself. Your application is not refused for that.',
    signInLead:
      'To decide, please identify yourself. Only the person who is asked can decide. By signing in you state:',
    signIn: 'Sign in and decide',
    data: 'These data',
    from: 'From this register',
    competent: 'The register that is competent for you',
    basis: 'Legal basis',
    fetch: 'Have it fetched',
    bring: 'I hand it in myself',
    lookups: 'Who is looked up for this',
    lookupsLead: 'If you have anything fetched, you also state:',
    preview: 'I want to see the data before they are passed on',
    previewHint: 'This is your right (EGovG § 5 Abs. 5). Until you release them, nobody gets the data.',
    all: 'Have all of it fetched',
    send: 'Send my choice',
    notFetched: 'No register is connected for this yet. You hand it in yourself:',
    decidedTitle: 'Your decision is recorded',
    decidedLead: 'The online service can now fetch what you permitted. The link does not work again.',
    decidedNext: 'Go back to the online service and continue your application.',
    toService: 'Back to the online service',
    missing: 'Please decide on every piece of evidence.',
    capacity: 'As whom do you decide for:',
    capacityChecked:
      'Whether you may decide for this person is checked before your decision is recorded. For this their identification number is looked up.',
    capacities: {
      custody: 'I have custody',
      guardianship: 'I am the guardian',
      care: 'I am the legally appointed carer',
      'power-of-attorney': 'I have a power of attorney',
      organ: 'I represent the company',
    },
    company:
      'For a company decides whoever represents it. The register checks this with every retrieval, and gives nothing otherwise.',
  },
};

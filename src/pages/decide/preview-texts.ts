import type { InLanguages } from '../language.js';

type PreviewTexts = Readonly<{
  title: string;
  recipient: string;
  forWhat: string;
  until: string;
  lead: string;
  from: string;
  release: string;
  refuse: string;
  refuseHint: string;
  own: string;
  ownLead: string;
  ownOn: (datum: string) => string;
  ownUnfit: string;
  all: string;
  send: string;
  missing: string;
  unfit: string;
  doneTitle: string;
  doneLead: string;
  released: string;
  refused: string;
  toService: string;
  report: string;
  toReport: string;
}>;

export const PREVIEW_TEXTS: InLanguages<PreviewTexts> = {
  de: {
    title: 'Diese Daten würden weitergegeben',
    recipient: 'An wen',
    forWhat: 'Wofür',
    until: 'Danach werden die Daten gelöscht',
    lead: 'Bisher hat nur das jeweilige Register diese Daten. Der Onlinedienst bekommt sie erst, wenn Sie sie freigeben.',
    from: 'Aus:',
    release: 'Freigeben',
    refuse: 'Nicht weitergeben',
    refuseHint: 'Sie legen diesen Nachweis dann selbst vor.',
    own: 'Etwas stimmt nicht? Eigene Angabe machen',
    ownLead:
      'Schreiben Sie, was aus Ihrer Sicht richtig ist. Der Nachweis des Registers bleibt, wie er ist. Ihre Angabe geht daneben an den Onlinedienst, als Ihre eigene, wenn Sie den Nachweis freigeben. Höchstens 200 Zeichen je Angabe.',
    ownOn: (datum) => `${datum}: Ihre eigene Angabe`,
    ownUnfit:
      'Bitte nur lateinische Buchstaben, Ziffern und übliche Satzzeichen in einer Zeile, höchstens 200 Zeichen.',
    all: 'Alles freigeben',
    send: 'Meine Auswahl absenden',
    missing: 'Bitte entscheiden Sie über jeden Nachweis.',
    unfit: 'Eine eigene Angabe kann so nicht übernommen werden.',
    doneTitle: 'Ihre Entscheidung ist gespeichert',
    doneLead: 'Der Onlinedienst bekommt nur, was Sie freigegeben haben. Alles andere ist gelöscht.',
    released: 'Von Ihnen freigegeben',
    refused: 'Nicht weitergegeben und gelöscht',
    toService: 'Zurück zum Onlinedienst',
    report:
      'Eigene Angaben ändern das Register nicht. Ist dort etwas falsch, melden Sie es dem Register: beim Eintrag des Abrufs, sobald der Onlinedienst die Daten bekommen hat.',
    toReport: 'Abrufe ansehen und Fehler melden',
  },
  'de-simple': {
    title: 'Diese Daten würde das Amt bekommen',
    recipient: 'Wer bekommt die Daten',
    forWhat: 'Warum',
    until: 'Dann löschen wir die Daten',
    lead: 'Noch hat das Amt diese Daten nicht. Erst sagen Sie Ja. Dann bekommt das Amt die Daten.',
    from: 'Von:',
    release: 'Ja, das Amt darf die Daten haben',
    refuse: 'Nein',
    refuseHint: 'Dann bringen Sie das Papier selbst.',
    own: 'Ist etwas falsch? Dann schreiben Sie es auf',
    ownLead:
      'Schreiben Sie hier, was richtig ist. Die Daten oben bleiben gleich. Das Amt bekommt beides, wenn Sie Ja sagen: die Daten und was Sie schreiben.',
    ownOn: (datum) => `${datum}: Das ist richtig`,
    ownUnfit: 'Das geht so nicht. Bitte nur Buchstaben, Zahlen und Satz-Zeichen. Und nicht zu lang.',
    all: 'Ja zu allem',
    send: 'Meine Wahl senden',
    missing: 'Sagen Sie bitte überall Ja oder Nein.',
    unfit: 'Etwas, das Sie geschrieben haben, geht so nicht.',
    doneTitle: 'Fertig. Wir haben Ihre Wahl',
    doneLead: 'Das Amt bekommt nur die Daten, zu denen Sie Ja gesagt haben. Die anderen haben wir gelöscht.',
    released: 'Sie haben Ja gesagt',
    refused: 'Sie haben Nein gesagt. Die Daten sind gelöscht',
    toService: 'Zurück zum Antrag',
    report:
      'Sind die Daten beim Register falsch? Dann sagen Sie es dem Register. Das geht hier, sobald das Amt die Daten hat.',
    toReport: 'Fehler melden',
  },
  en: {
    title: 'These data would be passed on',
    recipient: 'To whom',
    forWhat: 'For what',
    until: 'The data are destroyed after',
    lead: 'So far only the register has these data. The online service gets them when you release them, not before.',
    from: 'From:',
    release: 'Release',
    refuse: 'Do not pass on',
    refuseHint: 'You hand in this piece of evidence yourself then.',
    own: 'Is something wrong? State it yourself',
    ownLead:
      'Write what you hold to be right. The evidence of the register stays as it is. What you state goes to the online service beside it, as your own, if you release the evidence. At most 200 characters each.',
    ownOn: (datum) => `${datum}: your own statement`,
    ownUnfit: 'Please use Latin letters, digits and common punctuation in one line only, at most 200 characters.',
    all: 'Release everything',
    send: 'Send my choice',
    missing: 'Please decide on every piece of evidence.',
    unfit: 'Something that you state cannot be taken as it is written.',
    doneTitle: 'Your decision is recorded',
    doneLead: 'The online service gets only what you released. Everything else is destroyed.',
    released: 'Released by you',
    refused: 'Not passed on, and destroyed',
    toService: 'Back to the online service',
    report:
      'Statements of your own do not change the register. If something is wrong there, report it to the register: at the entry of the retrieval, once the online service has got the data.',
    toReport: 'See retrievals and report a fault',
  },
};

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
  wrong: string;
  all: string;
  send: string;
  missing: string;
  doneTitle: string;
  doneLead: string;
  toService: string;
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
    wrong:
      'Ist etwas falsch? Geben Sie den Nachweis nicht weiter, legen Sie einen richtigen vor und wenden Sie sich an das Register.',
    all: 'Alles freigeben',
    send: 'Meine Auswahl absenden',
    missing: 'Bitte entscheiden Sie über jeden Nachweis.',
    doneTitle: 'Ihre Entscheidung ist gespeichert',
    doneLead: 'Der Onlinedienst bekommt nur, was Sie freigegeben haben. Alles andere wird gelöscht.',
    toService: 'Zurück zum Onlinedienst',
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
    wrong: 'Ist etwas falsch? Dann sagen Sie Nein. Und fragen Sie dort, wo die Daten her sind.',
    all: 'Ja zu allem',
    send: 'Meine Wahl senden',
    missing: 'Sagen Sie bitte überall Ja oder Nein.',
    doneTitle: 'Fertig. Wir haben Ihre Wahl',
    doneLead: 'Das Amt bekommt nur die Daten, zu denen Sie Ja gesagt haben. Die anderen löschen wir.',
    toService: 'Zurück zum Antrag',
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
    wrong: 'Is something wrong? Do not pass it on, hand in a correct one, and contact the register.',
    all: 'Release everything',
    send: 'Send my choice',
    missing: 'Please decide on every piece of evidence.',
    doneTitle: 'Your decision is recorded',
    doneLead: 'The online service gets only what you released. Everything else is destroyed.',
    toService: 'Back to the online service',
  },
};

import type { InLanguages } from '../language.js';

type GovernanceTexts = Readonly<{
  title: string;
  lead: string;
  /** What stands before the command. */
  proposing: string;
  inForce: string;
  proposals: string;
  number: string;
  version: string;
  since: string;
  proposal: string;
  fromFiles: string;
  state: string;
  states: Readonly<Record<string, string>>;
  by: string;
  at: string;
  moment: string;
  atOnce: string;
  decided: string;
  look: string;
  oneProposal: string;
  back: string;
  files: string;
  whole: string;
  noChange: string;
  tooMany: string;
  simulation: string;
  simulationLead: string;
  days: string;
  simulate: string;
  simulated: (counts: Readonly<{ replayed: string; flipped: string; notReplayed: string }>) => string;
  count: string;
  evidence: string;
  before: string;
  after: string;
  permitted: string;
  refused: string;
  gained: string;
  lost: string;
  rules: string;
  loosened: string;
  loosenedLead: string;
  remaining: string;
  demands: string;
  decide: string;
  decideLead: string;
  act: string;
  approve: string;
  reject: string;
  reason: string;
  reasonHint: string;
  toSigning: string;
  signing: string;
  signingLead: string;
  statement: string;
  command: string;
  commandHint: string;
  signature: string;
  send: string;
  wrong: Readonly<Record<'SECOND_PERSON_REQUIRED' | 'ACT_NOT_SIGNED' | 'CATALOGUE_CHANGED' | 'NOT_FOUND', string>>;
  why: string;
  matrix: string;
}>;

const DE: GovernanceTexts = {
  title: 'Änderungen der Regeln',
  proposing: 'Vorgeschlagen wird von einer verwaltenden Person mit den geänderten Dateien, auf ihrem Rechner:',
  lead: 'Wer was abrufen darf, ändern zwei Personen: Eine schlägt vor, eine andere stimmt zu. Jede unterschreibt mit ihrem eigenen Schlüssel; diese Seiten haben keinen davon.',
  inForce: 'Was galt und gilt',
  proposals: 'Vorschläge',
  number: 'Nr.',
  version: 'Fassung',
  since: 'In Kraft seit',
  proposal: 'Vorschlag',
  fromFiles: 'aus Dateien gelesen',
  state: 'Stand',
  states: {
    PROPOSED: 'vorgeschlagen',
    APPROVED: 'zugestimmt, noch nicht in Kraft',
    REJECTED: 'abgelehnt',
    ACTIVATED: 'in Kraft getreten',
    LAPSED: 'hinfällig: vorher trat eine andere Fassung in Kraft',
  },
  by: 'Vorgeschlagen von',
  at: 'Vorgeschlagen am',
  moment: 'Soll gelten ab',
  atOnce: 'sofort nach der Zustimmung',
  decided: 'Entschieden',
  look: 'Ansehen',
  oneProposal: 'Ein Vorschlag',
  back: 'Zurück zu allen Änderungen',
  files: 'Was sich ändert',
  whole: 'Ganze Datei',
  noChange: 'Gegenüber der Fassung davor ändert sich nichts.',
  tooMany: 'Hier sind nur die ersten Zeilen. Die ganze Datei können Sie herunterladen.',
  simulation: 'Was wäre anders entschieden worden?',
  simulationLead:
    'Was dieser Knoten tatsächlich angefragt hat, wird nach der vorgeschlagenen Fassung noch einmal entschieden. Es verändert nichts.',
  days: 'Tage zurück (1 bis 365)',
  simulate: 'Durchspielen',
  simulated: (it) =>
    `${it.replayed} Anfragen durchgespielt, ${it.flipped} wären anders entschieden worden. ${it.notReplayed} lassen sich nicht durchspielen.`,
  count: 'Anzahl',
  evidence: 'Nachweis',
  before: 'Vorher',
  after: 'Nachher',
  permitted: 'erlaubt',
  refused: 'abgelehnt',
  gained: 'Daten dazu',
  lost: 'Daten weg',
  rules: 'Regeln',
  loosened: 'Gelockerte Anforderungen',
  loosenedLead:
    'Eine Regel fällt weg oder verlangt weniger, eine andere erlaubt weiter. Das ist kein Fehler, aber bitte ansehen.',
  remaining: 'Erlaubt weiter',
  demands: 'Nicht mehr verlangt',
  decide: 'Entscheiden',
  decideLead:
    'Zustimmen kann nur, wer nicht selbst vorgeschlagen hat. Wer vorgeschlagen hat, kann den Vorschlag zurücknehmen.',
  act: 'Ihre Entscheidung',
  approve: 'Zustimmen',
  reject: 'Ablehnen',
  reason: 'Begründung',
  reasonHint: 'Eine Zeile, höchstens 200 Zeichen. Sie steht im Protokoll; nennen Sie keine Personen.',
  toSigning: 'Weiter zur Unterschrift',
  signing: 'Mit Ihrem Schlüssel unterschreiben',
  signingLead:
    'Unterschreiben Sie diesen Text auf Ihrem eigenen Gerät. Lesen Sie dort, was Sie unterschreiben: Nur das gilt. Die Unterschrift gilt zehn Minuten.',
  statement: 'Was Sie unterschreiben',
  command: 'Befehl auf Ihrem Gerät',
  commandHint:
    'Fügen Sie den Text von oben in seine Eingabe ein. Mit --catalogue und einem Ordner prüft er auch, dass die Dateien darin diese Fassung sind.',
  signature: 'Unterschrift, wie der Befehl sie ausgibt',
  send: 'Entscheidung absenden',
  wrong: {
    SECOND_PERSON_REQUIRED:
      'Sie haben das selbst vorgeschlagen. Zustimmen muss eine zweite Person, in ihrer eigenen Sitzung.',
    ACT_NOT_SIGNED:
      'Die Unterschrift passt nicht: ein anderer Schlüssel, älter als zehn Minuten, oder über eine andere Entscheidung.',
    CATALOGUE_CHANGED: 'Inzwischen gilt eine andere Fassung. Der Vorschlag ist hinfällig.',
    NOT_FOUND: 'Über diesen Vorschlag ist schon entschieden.',
  },
  why: 'Warum wurde etwas erlaubt oder abgelehnt?',
  matrix: 'Wer darf was von wem wofür abrufen?',
};

export const GOVERNANCE_TEXTS: InLanguages<GovernanceTexts> = {
  de: DE,
  'de-simple': {
    ...DE,
    proposing: 'Eine neue Regel schlägt eine Person an ihrem Computer vor. Mit diesem Befehl:',
    lead: 'Hier stehen die Regeln: Wer darf welche Daten holen? Eine Person schlägt eine neue Regel vor. Eine zweite Person sagt Ja oder Nein. Beide unterschreiben.',
    simulationLead: 'Wir prüfen alte Anfragen noch einmal mit den neuen Regeln. Dabei ändert sich nichts.',
    decideLead: 'Haben Sie den Vorschlag selbst gemacht? Dann muss eine andere Person Ja sagen. Nein dürfen Sie sagen.',
    signingLead:
      'Unterschreiben Sie diesen Text auf Ihrem eigenen Computer. Lesen Sie ihn dort noch einmal. Sie haben zehn Minuten Zeit.',
    loosenedLead: 'Eine Regel verlangt jetzt weniger. Das ist erlaubt. Bitte sehen Sie genau hin.',
    tooMany: 'Das ist nur der Anfang. Die ganze Datei können Sie herunterladen.',
    wrong: {
      SECOND_PERSON_REQUIRED: 'Das haben Sie selbst vorgeschlagen. Eine andere Person muss Ja sagen.',
      ACT_NOT_SIGNED: 'Die Unterschrift passt nicht. Vielleicht ist sie zu alt. Oder es ist der falsche Schlüssel.',
      CATALOGUE_CHANGED: 'Die Regeln sind jetzt andere. Der Vorschlag geht nicht mehr.',
      NOT_FOUND: 'Hier hat schon jemand Ja oder Nein gesagt.',
    },
  },
  en: {
    title: 'Changes of the rules',
    proposing: 'An administrator proposes by the changed files, on their own machine:',
    lead: 'Who may fetch what is changed by two persons: one proposes, another approves. Each signs with a key of their own; these pages have none of them.',
    inForce: 'What was and is in force',
    proposals: 'Proposals',
    number: 'No.',
    version: 'Version',
    since: 'In force since',
    proposal: 'Proposal',
    fromFiles: 'read from files',
    state: 'State',
    states: {
      PROPOSED: 'proposed',
      APPROVED: 'approved, not in force yet',
      REJECTED: 'rejected',
      ACTIVATED: 'came into force',
      LAPSED: 'lapsed: another version came into force first',
    },
    by: 'Proposed by',
    at: 'Proposed on',
    moment: 'To take effect',
    atOnce: 'as soon as it is approved',
    decided: 'Decided',
    look: 'Look at it',
    oneProposal: 'A proposal',
    back: 'Back to all changes',
    files: 'What changes',
    whole: 'Whole file',
    noChange: 'Nothing changes against the version before.',
    tooMany: 'These are the first lines only. You can download the whole file.',
    simulation: 'What would have been decided otherwise?',
    simulationLead:
      'What this node really asked for is decided once more by the proposed version. Nothing is changed by it.',
    days: 'Days back (1 to 365)',
    simulate: 'Replay',
    simulated: (it) =>
      `${it.replayed} requests replayed, ${it.flipped} would have been decided otherwise. ${it.notReplayed} cannot be replayed.`,
    count: 'Number',
    evidence: 'Evidence',
    before: 'Before',
    after: 'After',
    permitted: 'permitted',
    refused: 'refused',
    gained: 'Data gained',
    lost: 'Data lost',
    rules: 'Rules',
    loosened: 'Loosened demands',
    loosenedLead: 'A rule goes or demands less, another one goes on allowing. That is no fault, and to be looked at.',
    remaining: 'Goes on allowing',
    demands: 'Not demanded any more',
    decide: 'Decide',
    decideLead: 'Only who did not propose it can approve it. Who proposed it may take it back.',
    act: 'Your decision',
    approve: 'Approve',
    reject: 'Reject',
    reason: 'Reason',
    reasonHint: 'One line, at most 200 characters. It is on record; name no persons.',
    toSigning: 'Go on to sign',
    signing: 'Sign with your key',
    signingLead:
      'Sign this text on your own device. Read there what you sign: nothing else counts. The signature counts for ten minutes.',
    statement: 'What you sign',
    command: 'Command on your device',
    commandHint:
      'Paste the text above into its input. With --catalogue and a folder it also checks that the files in it are this version.',
    signature: 'Signature as the command prints it',
    send: 'Send the decision',
    wrong: {
      SECOND_PERSON_REQUIRED:
        'You proposed this yourself. A second person has to approve it, in a session of their own.',
      ACT_NOT_SIGNED: 'The signature does not fit: another key, older than ten minutes, or over another decision.',
      CATALOGUE_CHANGED: 'Another version is in force by now. The proposal has lapsed.',
      NOT_FOUND: 'This proposal was decided on already.',
    },
    why: 'Why was something permitted or refused?',
    matrix: 'Who may fetch what of whom, and for what?',
  },
};

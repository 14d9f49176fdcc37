import type { InLanguages } from '../language.js';

type ProofFault =
  | 'the entry is not in the tree'
  | 'the log has become shorter'
  | 'the log has another content'
  | 'the log has another past'
  | 'the checkpoint is that of another log'
  | 'the log did not sign this checkpoint'
  | 'too few witnesses';

export type CheckTexts = Readonly<{
  title: string;
  lead: string;
  meaning: string;
  script: Readonly<
    Record<'inclusion' | 'witnesses' | 'first' | 'consistency' | 'holds' | 'fails' | 'unknown' | 'malformed', string>
  > &
    Readonly<{
      /** By what `assets/proof.js` says; what is not here is no proof at all (`malformed`). */
      faults: Readonly<Record<ProofFault, string>>;
    }>;
  unwitnessed: string;
  offline: string;
  offlineLead: string;
  receipt: string;
  whose: string;
}>;

export const CHECK_TEXTS: InLanguages<CheckTexts> = {
  de: {
    title: 'Selbst prüfen',
    lead: 'Ihr Browser rechnet jetzt selbst nach, ob dieser Eintrag unverändert im Protokoll steht.',
    meaning:
      'Das heißt: Niemand kann den Eintrag später ändern oder entfernen, ohne dass es auffällt, denn die Register haben den Stand des Protokolls mit unterschrieben.',
    script: {
      inclusion: 'Der Eintrag steht im Protokoll, so wie er hier angezeigt wird.',
      witnesses: '{0} von {1} Zeugen haben diesen Stand unterschrieben.',
      first: 'Das ist der erste Stand, den dieser Browser sieht.',
      consistency: 'Was das Protokoll bei {0} Einträgen enthielt, enthält es noch immer.',
      holds: 'Alles stimmt.',
      unknown:
        'Ihr Browser konnte das nicht prüfen. Das sagt nichts über den Eintrag. Prüfen Sie ohne diese Seite, oder melden Sie sich neu an.',
      fails: 'Das stimmt nicht. Bitte melden Sie es einer Datenschutz-Aufsichtsbehörde.',
      malformed: 'Was als Beweis gesendet wurde, ist keiner.',
      faults: {
        'the entry is not in the tree': 'Der Eintrag steht so nicht im Protokoll.',
        'the log has become shorter': 'Das Protokoll ist kürzer geworden.',
        'the log has another content': 'Das Protokoll hat einen anderen Inhalt.',
        'the log has another past': 'Das Protokoll enthält nicht mehr, was es enthielt.',
        'the checkpoint is that of another log': 'Der Stand ist der eines anderen Protokolls.',
        'the log did not sign this checkpoint': 'Das Protokoll hat diesen Stand nicht unterschrieben.',
        'too few witnesses': 'Zu wenige Zeugen haben unterschrieben.',
      },
    },
    unwitnessed:
      'Diesen Eintrag haben die Zeugen noch nicht gesehen. Er ist nur vom Protokoll selbst unterschrieben. Prüfen Sie in einer Minute noch einmal.',
    offline: 'Ohne diese Seite prüfen',
    offlineLead:
      'Wer dieser Seite nicht trauen will, lädt den Beleg herunter, vergleicht den Schlüssel in diesem Befehl mit dem veröffentlichten und prüft auf dem eigenen Rechner:',
    receipt: 'Beleg herunterladen',
    whose:
      'Die Schlüssel von Protokoll und Zeugen stehen im Katalog dieser Seiten, nicht in der Antwort, die geprüft wird.',
  },
  'de-simple': {
    title: 'Selbst prüfen',
    lead: 'Ihr Computer rechnet nach: Ist der Eintrag noch so wie am Anfang?',
    meaning: 'Das heißt: Niemand kann den Eintrag heimlich ändern. Die Ämter haben dafür unterschrieben.',
    script: {
      inclusion: 'Der Eintrag ist da. Er ist so wie hier.',
      witnesses: '{0} von {1} Ämtern haben unterschrieben.',
      first: 'Ihr Computer prüft zum ersten Mal.',
      consistency: 'Nichts fehlt. Vorher waren es {0} Einträge.',
      holds: 'Alles stimmt.',
      unknown: 'Ihr Computer konnte nicht prüfen. Versuchen Sie es noch einmal.',
      fails: 'Das stimmt nicht. Bitte sagen Sie es einer Stelle für Daten-Schutz.',
      malformed: 'Das ist kein Beweis.',
      faults: {
        'the entry is not in the tree': 'Der Eintrag ist nicht so, wie er war.',
        'the log has become shorter': 'Es fehlen Einträge.',
        'the log has another content': 'Die Einträge sind nicht so, wie sie waren.',
        'the log has another past': 'Alte Einträge sind nicht so, wie sie waren.',
        'the checkpoint is that of another log': 'Das gehört nicht hierher.',
        'the log did not sign this checkpoint': 'Die Unterschrift fehlt oder ist falsch.',
        'too few witnesses': 'Zu wenige Ämter haben unterschrieben.',
      },
    },
    unwitnessed: 'Die Ämter haben diesen Eintrag noch nicht gesehen. Versuchen Sie es in einer Minute noch einmal.',
    offline: 'Ohne diese Seite prüfen',
    offlineLead: 'Sie können auch selbst prüfen. Laden Sie den Beleg. Geben Sie dann diesen Befehl ein:',
    receipt: 'Beleg laden',
    whose: 'Die Schlüssel kommen nicht von der Stelle, die wir prüfen.',
  },
  en: {
    title: 'Check for yourself',
    lead: 'Your browser now recomputes whether this entry stands in the log unchanged.',
    meaning:
      'That means: nobody can change or remove the entry later without being noticed, because the registers have signed the state of the log, too.',
    script: {
      inclusion: 'The entry is in the log as it is shown here.',
      witnesses: '{0} of {1} witnesses signed this state.',
      first: 'This is the first state that this browser sees.',
      consistency: 'What the log held at {0} entries, it still holds.',
      holds: 'Everything holds.',
      unknown:
        'Your browser could not check it. That says nothing about the entry. Check without this page, or sign in again.',
      fails: 'This does not hold. Please report it to a supervisory authority for data protection.',
      malformed: 'What was sent as a proof is none.',
      faults: {
        'the entry is not in the tree': 'The entry does not stand in the log like this.',
        'the log has become shorter': 'The log has become shorter.',
        'the log has another content': 'The log has another content.',
        'the log has another past': 'The log does not hold any more what it held.',
        'the checkpoint is that of another log': 'The state is that of another log.',
        'the log did not sign this checkpoint': 'The log did not sign this state.',
        'too few witnesses': 'Too few witnesses signed.',
      },
    },
    unwitnessed: 'The witnesses have not seen this entry yet. It is signed by the log alone. Check again in a minute.',
    offline: 'Check without this page',
    offlineLead:
      'Whoever does not want to trust this page downloads the receipt, compares the key in this command with the published one, and verifies on their own machine:',
    receipt: 'Download the receipt',
    whose: 'The keys of log and witnesses are from the catalogue of these pages, not from the answer that is checked.',
  },
};

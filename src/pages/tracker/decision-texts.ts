import type { DecisionState } from '../../client/citizen-calls.js';
import type { InLanguages } from '../language.js';

export type DecisionTexts = Readonly<{
  title: string;
  lead: string;
  limit: string;
  /** Where more pseudonyms are known than are searched for. */
  cut: string;
  states: Readonly<Record<DecisionState, string>>;
  none: string;
  who: string;
  what: string;
  why: string;
  decided: string;
  ends: string;
  withdraw: string;
  withdrawn: string;
  effect: string;
  more: string;
  lookup: string;
}>;

export const DECISION_TEXTS: InLanguages<DecisionTexts> = {
  de: {
    title: 'Meine Entscheidungen',
    lead: 'Hier stehen die Entscheidungen, mit denen Sie einen Abruf erlaubt haben. Sie können sie widerrufen.',
    limit:
      'Was Sie bei einem Onlinedienst entschieden haben, steht hier, sobald eine dieser Entscheidungen einmal genutzt wurde. Bis dahin widerrufen Sie es beim Onlinedienst selbst.',
    cut: 'Sie haben sehr oft bei Onlinediensten entschieden. Ältere Entscheidungen, die nie genutzt wurden, fehlen hier. Sie gelten höchstens eine Stunde.',
    states: { active: 'Gültig', used: 'Genutzt', expired: 'Abgelaufen', withdrawn: 'Widerrufen' },
    none: 'Keine.',
    who: 'Wer',
    what: 'Was',
    why: 'Wofür',
    decided: 'Entschieden',
    ends: 'Gilt bis',
    withdraw: 'Widerrufen',
    withdrawn: 'Die Entscheidung ist widerrufen.',
    effect:
      'Der Widerruf wirkt sofort: Was noch läuft oder auf Ihre Freigabe wartet, wird nicht mehr weitergegeben. Was schon übermittelt ist, wird dadurch nicht zurückgeholt. Das Protokoll bleibt.',
    more: 'Ältere Entscheidungen',
    lookup: 'Ihre eigene Suche auf diesen Seiten',
  },
  'de-simple': {
    title: 'Das habe ich entschieden',
    lead: 'Hier sehen Sie: Wem haben Sie Ja gesagt? Sie können Ihr Ja zurücknehmen.',
    limit: 'Manches steht erst später hier. Dann können Sie es dort zurücknehmen, wo Sie Ja gesagt haben.',
    cut: 'Sie haben schon sehr oft Ja gesagt. Darum steht hier nicht alles. Was fehlt, gilt höchstens eine Stunde.',
    states: { active: 'Gilt noch', used: 'Ist benutzt', expired: 'Zu alt', withdrawn: 'Zurückgenommen' },
    none: 'Nichts.',
    who: 'Wer',
    what: 'Was',
    why: 'Warum',
    decided: 'Das war am',
    ends: 'Gilt bis',
    withdraw: 'Zurücknehmen',
    withdrawn: 'Sie haben Ihr Ja zurückgenommen.',
    effect:
      'Das gilt sofort. Niemand bekommt jetzt noch Daten. Was schon verschickt ist, können wir nicht zurückholen. Der Eintrag bleibt.',
    more: 'Ältere',
    lookup: 'Ihre eigene Suche hier',
  },
  en: {
    title: 'My decisions',
    lead: 'Here are the decisions by which you permitted a retrieval. You can withdraw them.',
    limit:
      'What you decided at an online service stands here once one of those decisions was used. Until then you withdraw it at the online service itself.',
    cut: 'You decided very often at online services. Older decisions that were never used are missing here. They are valid for an hour at most.',
    states: { active: 'Running', used: 'Used', expired: 'Expired', withdrawn: 'Withdrawn' },
    none: 'None.',
    who: 'Who',
    what: 'What',
    why: 'For what',
    decided: 'Decided',
    ends: 'Valid until',
    withdraw: 'Withdraw',
    withdrawn: 'The decision is withdrawn.',
    effect:
      'A withdrawal counts at once: what still runs or waits for your release is not passed on any more. What was transmitted already is not brought back by it. The log stays.',
    more: 'Older decisions',
    lookup: 'Your own search on these pages',
  },
};

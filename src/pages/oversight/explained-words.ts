import type { Language } from '../../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { ENGLISH, type ExplainedWords, inWords, toExplained } from '../../platform/explained.js';
import type { ExplainedSentence__Output } from '../../platform/rpc-types/einmal/broker/v1/ExplainedSentence.js';
import type { InLanguages } from '../language.js';
import { attributeTitles, evidenceTitle, normOf, purposeTitle, titleOf } from './titles.js';

const DE: ExplainedWords = {
  sentences: {
    NOT_LISTED: 'Im Katalog steht nicht: {member} „{value}“.',
    ATTRIBUTE_UNKNOWN: 'Der Nachweis „{evidence_type}“ hat kein Datum „{attribute}“.',
    NOT_HELD: 'Das Register „{provider}“ führt den Nachweis „{evidence_type}“ nicht.',
    RULE_DENIES: 'Die Regel „{rule}“ verbietet es ({source}).',
    LIMIT_DENIES: 'Die Grenze „{limit}“ lässt es nicht durch ({source}).',
    NOT_NAMED: 'Keine passende Regel erlaubt: {attributes}.',
    NO_RULE: 'Keine Regel erlaubt es.',
    ALLOWS_THE_LIKE: 'Die Regel „{rule}“ erlaubt Ähnliches für: {others}.',
    NO_AGREEMENT: 'Keine geltende Vereinbarung zwischen „{consumer}“ und „{provider}“ nennt: {attributes}.',
    REMOVE_ALLOW: 'Die Regel „{rule}“, die es erlaubt, streichen (sie beruht auf: {source}).',
    REMOVE_DENY: 'Die Regel „{rule}“, die es verbietet, streichen (sie beruht auf: {source}).',
    ADD_FIELDS: 'In der Regel „{rule}“ auch erlauben: {attributes} (sie beruht auf: {source}).',
    DROP_FIELDS: 'In der Regel „{rule}“ nicht mehr verbieten: {attributes} (sie beruht auf: {source}).',
    ADD_RULE:
      'Eine Regel hinzufügen: „{consumer}“ erhält von „{provider}“ aus dem Nachweis „{evidence_type}“ {attributes}, für „{purpose}“, nach {legal_basis}.',
    HOLD: 'Eintragen, dass das Register „{provider}“ den Nachweis „{evidence_type}“ führt.',
    ASK_OTHERWISE: 'Anders anfragen, wenn es zutrifft: {member} „{value}“. Davon handelt die Regel „{rule}“.',
  },
  members: {
    consumer: 'anfragende Stelle',
    provider: 'Register',
    evidence_type: 'Nachweis',
    purpose: 'Zweck',
    legal_basis: 'Rechtsgrundlage',
  },
  everything: 'alle Daten',
};

const SIMPLE: ExplainedWords = {
  sentences: {
    NOT_LISTED: 'Das kennt das System nicht: {member} „{value}“.',
    ATTRIBUTE_UNKNOWN: 'Bei „{evidence_type}“ gibt es diese Angabe nicht: „{attribute}“.',
    NOT_HELD: 'Das Register „{provider}“ hat diese Daten nicht: „{evidence_type}“.',
    RULE_DENIES: 'Die Regel „{rule}“ verbietet das ({source}).',
    LIMIT_DENIES: 'Die Grenze „{limit}“ verbietet das ({source}).',
    NOT_NAMED: 'Keine Regel erlaubt das: {attributes}.',
    NO_RULE: 'Keine Regel erlaubt das.',
    ALLOWS_THE_LIKE: 'Die Regel „{rule}“ erlaubt etwas Ähnliches. Aber für: {others}.',
    NO_AGREEMENT: '„{consumer}“ und „{provider}“ haben darüber nichts vereinbart: {attributes}.',
    REMOVE_ALLOW: 'Die Regel „{rule}“ muss weg. Sie erlaubt das ({source}).',
    REMOVE_DENY: 'Die Regel „{rule}“ muss weg. Sie verbietet das ({source}).',
    ADD_FIELDS: 'Die Regel „{rule}“ muss auch das erlauben: {attributes} ({source}).',
    DROP_FIELDS: 'Die Regel „{rule}“ darf das nicht mehr verbieten: {attributes} ({source}).',
    ADD_RULE:
      'Es fehlt eine Regel: „{consumer}“ bekommt von „{provider}“ diese Daten: {attributes} („{evidence_type}“). Zweck: „{purpose}“. Gesetz: {legal_basis}.',
    HOLD: 'Im Register „{provider}“ muss stehen: Es hat „{evidence_type}“.',
    ASK_OTHERWISE: 'Anders fragen, wenn es stimmt: {member} „{value}“. Dazu gibt es die Regel „{rule}“.',
  },
  members: {
    consumer: 'Wer fragt',
    provider: 'Register',
    evidence_type: 'Welche Daten',
    purpose: 'Zweck',
    legal_basis: 'Gesetz',
  },
  everything: 'alles',
};

const WORDS: InLanguages<ExplainedWords> = { de: DE, 'de-simple': SIMPLE, en: ENGLISH };

/** What an explanation is about, and who reads it. */
export type About = Readonly<{ current: CurrentCatalogue; evidenceType: string; language: Language }>;

/** A sentence of an explanation in the reader's language, with names of the catalogue where it knows them; the node's own where this version does not know what it says. */
export function explainedWords(
  { code = '', values = {} }: Partial<ExplainedSentence__Output>,
  own: string,
  about: About,
): string {
  const said = toExplained(code, values);
  return said === undefined ? own : inWords(WORDS[about.language], said, (kind, value) => shown(kind, value, about));
}

function shown(kind: string, value: string, { current, evidenceType, language }: About): string {
  switch (kind) {
    case 'consumer':
    case 'provider':
      return titleOf(current, value, language);
    case 'evidence_type':
      return evidenceTitle(current, value, language);
    case 'purpose':
      return purposeTitle(current, value, language);
    case 'legal_basis':
      return normOf(current, value);
    case 'attributes':
      return attributeTitles(current, evidenceType, value.split(', '), language);
    default:
      return value;
  }
}

import type { Language } from '../../catalogue/catalogue.js';
import type { BreachReport, BreachReport__Output } from '../../platform/rpc-types/einmal/broker/v1/BreachReport.js';
import type { InLanguages } from '../language.js';
import { PageFault } from '../page-fault.js';
import { type QueryOf, textOf } from './entry-filter.js';
import { Input } from './widgets.js';

const MOST = 500;
const MOST_COUNTED = 999_999_999;
const COUNT_FIELDS = ['persons', 'records'] as const;
const TEXT_FIELDS = ['contact', 'consequences', 'measures', 'delay'] as const;
const FIELDS = [...COUNT_FIELDS, ...TEXT_FIELDS];
/** Before the name of a field: what it was filled with, so that it shows what somebody changed. */
const FILLED = 'filled_';

/** As it stands in the inputs; empty is what nobody stated. */
export type WrittenBreach = Readonly<Record<(typeof FIELDS)[number], string>>;
export type BreachForm = Readonly<{ written: WrittenBreach; filled: WrittenBreach }>;

type Texts = Readonly<
  Record<keyof WrittenBreach | 'title' | 'hint' | 'delayHint' | 'delayNeeded' | 'delayMissing', string>
>;

const DE: Texts = {
  title: 'Angaben für die Meldung (Art. 33 Abs. 3 DSGVO)',
  hint: 'Was fehlt, können Sie nachreichen (Art. 33 Abs. 4 DSGVO).',
  persons: 'Ungefähre Zahl der betroffenen Personen',
  records: 'Ungefähre Zahl der betroffenen Datensätze',
  contact: 'Anlaufstelle für Fragen der Aufsicht',
  consequences: 'Wahrscheinliche Folgen',
  measures: 'Ergriffene und vorgeschlagene Maßnahmen',
  delay: 'Grund der Verzögerung',
  delayHint: 'Nötig, wenn nach mehr als 72 Stunden gemeldet wird (Art. 33 Abs. 1 DSGVO).',
  delayNeeded: 'Pflichtfeld für eine Meldung: 72 Stunden sind vorbei (Art. 33 Abs. 1 DSGVO).',
  delayMissing: 'Nennen Sie den Grund der Verzögerung. Ohne ihn ist nichts eingetragen.',
};
const SIMPLE: Texts = {
  title: 'Das müssen Sie melden (Artikel 33 DSGVO)',
  hint: 'Wissen Sie etwas noch nicht? Das können Sie später melden.',
  persons: 'Um wie viele Personen geht es ungefähr?',
  records: 'Um wie viele Datensätze geht es ungefähr?',
  contact: 'Wer beantwortet Fragen?',
  consequences: 'Was kann jetzt passieren?',
  measures: 'Was tun Sie dagegen?',
  delay: 'Warum melden Sie so spät?',
  delayHint: 'Das müssen Sie sagen, wenn mehr als 72 Stunden vorbei sind.',
  delayNeeded: '72 Stunden sind vorbei. Wenn Sie melden, müssen Sie das hier sagen.',
  delayMissing: 'Schreiben Sie, warum Sie so spät melden. Vorher tragen wir nichts ein.',
};
const TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    title: 'For the report (GDPR Art. 33 (3))',
    hint: 'What is missing can follow later (GDPR Art. 33 (4)).',
    persons: 'Approximate number of persons concerned',
    records: 'Approximate number of records concerned',
    contact: 'Contact for questions of the authority',
    consequences: 'Likely consequences',
    measures: 'Measures taken and proposed',
    delay: 'Reason of the delay',
    delayHint: 'Required where it is reported after more than 72 hours (GDPR Art. 33 (1)).',
    delayNeeded: 'Required for a report: 72 hours are over (GDPR Art. 33 (1)).',
    delayMissing: 'State the reason of the delay. Nothing is recorded without it.',
  },
};

type Props = Readonly<{ form: BreachForm; isLate: boolean; isDelayMissing: boolean; language: Language }>;

/** Part of the form of a step: what only a person can say about a breach. */
export function BreachFields({ form: { written, filled }, isLate, isDelayMissing, language }: Props) {
  const texts = TEXTS[language];
  return (
    <details open={isLate || isDelayMissing}>
      <summary class="kern-body">{texts.title}</summary>
      <p class="kern-body">{texts.hint}</p>
      {FIELDS.map((name) => (
        <input key={name} type="hidden" name={`${FILLED}${name}`} value={filled[name]} />
      ))}
      {COUNT_FIELDS.map((name) => (
        <Input
          key={name}
          name={name}
          label={texts[name]}
          type="number"
          min={0}
          max={MOST_COUNTED}
          value={written[name]}
        />
      ))}
      {TEXT_FIELDS.map((name) => (
        <Input
          key={name}
          name={name}
          label={texts[name]}
          {...(name === 'delay' && { hint: isLate ? texts.delayNeeded : texts.delayHint })}
          {...(name === 'delay' && isDelayMissing && { fault: texts.delayMissing })}
          value={written[name]}
          maxLength={MOST}
        />
      ))}
    </details>
  );
}

/** The form filled with what was stated last. */
export function breachFormOf(stated: BreachReport__Output): BreachForm {
  const written = writtenOf(stated);
  return { written, filled: written };
}

export function breachFormIn(form: QueryOf): BreachForm {
  const within = (before: string) => asWritten((name) => textOf(form, `${before}${name}`, MOST));
  return { written: within(''), filled: within(FILLED) };
}

/**
 * What a step states: what somebody changed in the form, over what was stated last, so that nobody takes back what another
 * stated meanwhile. A report states it again as it is; undefined where there is nothing to state.
 * @throws PageFault for a number that is none
 */
export function breachIn(
  { written, filled }: BreachForm,
  last: BreachReport__Output,
  isReport: boolean,
): BreachReport | undefined {
  const before = writtenOf(last);
  const isChanged = FIELDS.some((name) => written[name] !== filled[name]);
  const stated = asWritten((name) => (written[name] === filled[name] ? before[name] : written[name]));
  const isEmpty = FIELDS.every((name) => stated[name] === '');
  if (!isChanged && (!isReport || isEmpty)) return undefined;
  const { persons, records, ...texts } = stated;
  return {
    ...texts,
    ...(persons !== '' && { persons: countOf(persons) }),
    ...(records !== '' && { records: countOf(records) }),
  };
}

function writtenOf(stated: BreachReport__Output): WrittenBreach {
  return asWritten((name) => String(stated[name] ?? ''));
}

function asWritten(of: (name: keyof WrittenBreach) => string): WrittenBreach {
  return {
    ...{ persons: of('persons'), records: of('records'), contact: of('contact') },
    ...{ consequences: of('consequences'), measures: of('measures'), delay: of('delay') },
  };
}

function countOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new PageFault('REQUEST_NOT_VALID');
  return Number(text);
}

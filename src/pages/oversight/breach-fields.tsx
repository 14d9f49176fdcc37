import type { Language } from '../../catalogue/catalogue.js';
import type { BreachReport, BreachReport__Output } from '../../platform/rpc-types/einmal/broker/v1/BreachReport.js';
import type { InLanguages } from '../language.js';
import { type QueryOf, textOf } from './entry-filter.js';
import { Input } from './widgets.js';

const MOST = 500;
const TEXT_FIELDS = ['contact', 'consequences', 'measures', 'delay'] as const;

type Texts = Readonly<
  Record<(typeof TEXT_FIELDS)[number] | 'persons' | 'records' | 'title' | 'hint' | 'delayHint', string>
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
  },
};

/** Part of the form of a step: what only a person can say about a breach. Holds what was stated last. */
export function BreachFields({
  stated,
  subjects,
  isLate,
  language,
}: Readonly<{ stated: BreachReport__Output; subjects: number; isLate: boolean; language: Language }>) {
  const texts = TEXTS[language];
  const { persons = subjects, records = 0 } = stated;
  return (
    <details open={isLate}>
      <summary class="kern-body">{texts.title}</summary>
      <p class="kern-body">{texts.hint}</p>
      <Input name="persons" label={texts.persons} type="number" min={0} value={String(persons)} />
      <Input name="records" label={texts.records} type="number" min={0} value={String(records)} />
      {TEXT_FIELDS.map((name) => (
        <Input
          key={name}
          name={name}
          label={texts[name]}
          {...(name === 'delay' && { hint: texts.delayHint })}
          value={stated[name] ?? ''}
          maxLength={MOST}
        />
      ))}
    </details>
  );
}

/** What the form states; undefined where it states nothing. */
export function breachIn(form: QueryOf): BreachReport | undefined {
  const texts = Object.fromEntries(TEXT_FIELDS.map((name) => [name, textOf(form, name, MOST)]));
  if (Object.values(texts).every((it) => it === '')) return undefined;
  return { ...texts, persons: countIn(form, 'persons'), records: countIn(form, 'records') };
}

function countIn(form: QueryOf, name: string): number {
  const text = textOf(form, name);
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

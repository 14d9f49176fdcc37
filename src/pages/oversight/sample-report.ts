import type { Language } from '../../catalogue/catalogue.js';
import { fromTimestamp } from '../../platform/clock.js';
import type { Sample__Output as Sample } from '../../platform/rpc-types/einmal/broker/v1/Sample.js';
import type { SampleItem__Output as Item } from '../../platform/rpc-types/einmal/broker/v1/SampleItem.js';
import type { InLanguages } from '../language.js';
import { type PdfLine, taggedPdf } from '../shell/tagged-pdf.js';
import { instant } from './widgets.js';
import { wordFor } from './words.js';

type Texts = Readonly<{
  title: string;
  committed: string;
  population: string;
  counted: string;
  objections: string;
  open: string;
  entry: string;
  unseen: string;
  findings: string;
  again: string;
}>;

const DE: Texts = {
  title: 'Bericht über eine Stichprobe (IDNrG § 8)',
  committed: 'Festgelegt am',
  population: 'Gezogen aus den Einträgen',
  counted: 'Geprüfte Abrufe',
  objections: 'Beanstandungen',
  open: 'Noch nicht geprüft',
  entry: 'Eintrag',
  unseen: 'noch nicht geprüft',
  findings: 'Was geprüft wurde',
  again: 'Jeder kann die Stichprobe mit diesen Angaben nachziehen:',
};
const SIMPLE: Texts = {
  title: 'Bericht über eine Stich-Probe (IDNrG § 8)',
  committed: 'Begonnen am',
  population: 'Gewählt aus den Einträgen',
  counted: 'So viele Abrufe sind geprüft',
  objections: 'So viele Fehler haben wir gefunden',
  open: 'Noch nicht geprüft',
  entry: 'Eintrag',
  unseen: 'noch nicht geprüft',
  findings: 'Das haben wir geprüft',
  again: 'Mit diesen Zahlen können alle die Stich-Probe nachmachen:',
};
const TEXTS: InLanguages<Texts> = {
  de: DE,
  'de-simple': SIMPLE,
  en: {
    title: 'Report on a sample (IDNrG § 8)',
    committed: 'Committed at',
    population: 'Drawn from the entries',
    counted: 'Retrievals examined',
    objections: 'Objections',
    open: 'Not examined yet',
    entry: 'Entry',
    unseen: 'not examined yet',
    findings: 'What was examined',
    again: 'Everybody can draw the sample again by this:',
  },
};

/** What was drawn and what was found, with what it takes to draw it again. Names nobody. */
export function sampleReport(sample: Sample, counted: readonly Item[], language: Language): AsyncIterable<Buffer> {
  return taggedPdf({ title: titleOf(sample, language), language }, linesOf(sample, counted, language));
}

function titleOf({ log_index = '' }: Sample, language: Language): string {
  return `${TEXTS[language].title}: ${log_index}`;
}

function* linesOf(sample: Sample, counted: readonly Item[], language: Language): Generator<PdfLine> {
  const texts = TEXTS[language];
  const { first_index, end_index, checkpoint = '', nonce, commit_time } = sample;
  const of = (finding: string) => counted.filter((it) => (it.finding ?? '') === finding).length;
  yield ['H1', titleOf(sample, language)];
  yield ['P', `${texts.committed}: ${instant(fromTimestamp(commit_time) ?? '', language)}`];
  yield ['P', `${texts.population}: ${first_index} – ${Number(end_index) - 1}`];
  yield ['P', `${texts.counted}: ${counted.length - of('')}`];
  yield ['P', `${texts.objections}: ${of('objection')}`];
  yield ['P', `${texts.open}: ${of('')}`];
  yield ['H2', texts.findings];
  for (const it of counted) {
    const found = it.finding ? wordFor(it.finding, language) : texts.unseen;
    yield ['P', `${texts.entry} ${it.log_index}: ${found}${it.note ? `. ${it.note}` : ''}`];
  }
  yield ['H2', texts.again];
  yield ['P', `nonce ${Buffer.from(nonce ?? []).toString('hex')}`];
  for (const line of checkpoint.split('\n')) if (line !== '') yield ['P', line];
}

import PDFDocument from 'pdfkit';
import type { Language } from '../../catalogue/catalogue.js';
import { fromTimestamp } from '../../platform/clock.js';
import type { Sample__Output as Sample } from '../../platform/rpc-types/einmal/broker/v1/Sample.js';
import type { SampleItem__Output as Item } from '../../platform/rpc-types/einmal/broker/v1/SampleItem.js';
import type { InLanguages } from '../language.js';
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
    again: 'Everybody can draw the sample again by this:',
  },
};

/** What was drawn and what was found, with what it takes to draw it again. Names nobody. */
export async function sampleReport(sample: Sample, counted: readonly Item[], language: Language): Promise<Buffer> {
  const texts = TEXTS[language];
  const { log_index = '', first_index, end_index, checkpoint = '', nonce, commit_time } = sample;
  const title = `${texts.title}: ${log_index}`;
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 56,
    info: { Title: title },
    lang: language === 'en' ? 'en' : 'de',
    tagged: true,
  });
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise<Buffer>((resolve, reject) => {
    pdf.on('end', () => resolve(Buffer.concat(parts)));
    pdf.on('error', reject);
  });
  pdf.fontSize(16).text(title).moveDown().fontSize(10);
  const of = (finding: string) => counted.filter((it) => (it.finding ?? '') === finding).length;
  for (const [name, value] of [
    [texts.committed, instant(fromTimestamp(commit_time) ?? '', language)],
    [texts.population, `${first_index} – ${Number(end_index) - 1}`],
    [texts.counted, String(counted.length - of(''))],
    [texts.objections, String(of('objection'))],
    [texts.open, String(of(''))],
  ] as const)
    pdf.text(`${name}: ${value}`);
  pdf.moveDown();
  for (const it of counted) {
    const found = it.finding ? wordFor(it.finding, language) : texts.unseen;
    pdf.text(`${texts.entry} ${it.log_index}: ${found}${it.note ? `. ${it.note}` : ''}`);
  }
  pdf
    .moveDown()
    .text(texts.again)
    .fontSize(8)
    .text(`nonce ${Buffer.from(nonce ?? []).toString('hex')}`);
  // The standard fonts have no em dash of a signed note's line.
  pdf.text(checkpoint.replaceAll('\u2014', '--'));
  pdf.end();
  return ended;
}

import PDFDocument from 'pdfkit';
import { htmlLanguage, readableTime } from '../language.js';
import type { Overview } from './overview.js';
import { entrySentence, lineSentence } from './sentences.js';
import type { Titles } from './titles.js';
import { TRACKER_TEXTS } from './tracker-texts.js';

type Pdf = InstanceType<typeof PDFDocument>;

/** A tagged PDF (ISO 32000-1 § 14.8): headings and paragraphs in their order, with title and language, for who listens to it. */
export async function pdfOf(overview: Overview, titles: Titles, nowMs: number): Promise<Buffer> {
  const texts = TRACKER_TEXTS[titles.language];
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 56,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: htmlLanguage(titles.language),
    info: { Title: texts.result, Creator: 'Einmal' },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => pdf.once('end', resolve).once('error', reject));
  const writer = new TaggedText(pdf);
  writer.add('H1', 18, texts.result);
  writer.add('P', 10, readableTime(nowMs, titles.language));
  writer.add('H2', 14, texts.counters);
  for (const { register, state, not_asked: why, reaches_back_to: since } of overview.registers) {
    const reason = why === '' ? '' : ` (${texts.notAsked[why]})`;
    const reach = since === '' ? '' : `; ${texts.reachesBack}: ${titles.time(since)}`;
    writer.add('P', 10, `${titles.register(register)}: ${texts.states[state]}${reason}${reach}`);
  }
  writer.add('H2', 14, texts.log);
  for (const entry of overview.log.entries) writer.add('P', 10, `${entry.log_index}: ${entrySentence(entry, titles)}`);
  writer.add('H2', 14, texts.ofRegister);
  for (const { register, entries } of overview.registers) {
    if (entries.length > 0) writer.add('H3', 12, titles.register(register));
    for (const line of entries) writer.add('P', 10, lineSentence(line, register, titles));
  }
  writer.end();
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

class TaggedText {
  readonly #root;

  constructor(private readonly pdf: Pdf) {
    this.#root = pdf.struct('Document');
    pdf.addStructure(this.#root);
  }

  add(tag: 'H1' | 'H2' | 'H3' | 'P', size: number, text: string): void {
    this.#root.add(
      this.pdf.struct(tag, {}, () => {
        this.pdf.fontSize(size).text(printable(text), { paragraphGap: size / 2 });
      }),
    );
  }

  end(): void {
    this.#root.end();
  }
}

/** The fonts of every PDF reader know Western European letters; all others become a question mark and not another letter. */
function printable(text: string): string {
  return text.replace(/[^\u0020-\u007e\u00a0-\u00ff\u2013\u201a-\u201e\u201c\u201d\u20ac]/gu, '?');
}

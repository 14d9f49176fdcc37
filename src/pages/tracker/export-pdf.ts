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
  for (const [tag, size, text] of linesOf(overview, titles, nowMs)) writer.add(tag, size, text);
  writer.end();
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

type Line = readonly [tag: 'H1' | 'H2' | 'H3' | 'P', size: number, text: string];

/** What the file says, in order; where there is more than it holds, that. */
export function linesOf({ log, registers }: Overview, titles: Titles, nowMs: number): readonly Line[] {
  const texts = TRACKER_TEXTS[titles.language];
  const unlessWhole = (next: string): readonly Line[] => (next === '' ? [] : [['P', 10, texts.notWhole]]);
  return [
    ['H1', 18, texts.result],
    ['P', 10, readableTime(nowMs, titles.language)],
    ['H2', 14, texts.counters],
    ...registers.map(({ register, state, not_asked: why, reaches_back_to: since }): Line => {
      const reason = why === '' ? '' : ` (${texts.notAsked[why]})`;
      const reach = since === '' ? '' : `; ${texts.reachesBack}: ${titles.time(since)}`;
      return ['P', 10, `${titles.register(register)}: ${texts.states[state]}${reason}${reach}`];
    }),
    ['H2', 14, texts.log],
    ...unlessWhole(log.next),
    ...log.entries.map((entry): Line => ['P', 10, `${entry.log_index}: ${entrySentence(entry, titles)}`]),
    ['H2', 14, texts.ofRegister],
    ...registers.flatMap(({ register, entries, next }): readonly Line[] => [
      ...(entries.length > 0 ? [['H3', 12, titles.register(register)] as const] : []),
      ...unlessWhole(next),
      ...entries.map((line): Line => ['P', 10, lineSentence(line, register, titles)]),
    ]),
  ];
}

class TaggedText {
  readonly #root;

  constructor(private readonly pdf: Pdf) {
    this.#root = pdf.struct('Document');
    pdf.addStructure(this.#root);
  }

  add(tag: Line[0], size: number, text: string): void {
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

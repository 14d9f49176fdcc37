import PDFDocument from 'pdfkit';
import type { Language } from '../../catalogue/catalogue.js';
import { htmlLanguage } from '../language.js';

/** A heading or a paragraph. */
export type PdfLine = readonly [tag: 'H1' | 'H2' | 'H3' | 'P', text: string];

const SIZES: Readonly<Record<PdfLine[0], number>> = { H1: 18, H2: 14, H3: 12, P: 10 };

/**
 * A tagged PDF (ISO 32000-1 § 14.8): headings and paragraphs in their order, with title and language, for who listens to it. Comes
 * page by page while its lines come.
 */
export async function* taggedPdf(
  { title, language }: Readonly<{ title: string; language: Language }>,
  lines: AsyncIterable<PdfLine> | Iterable<PdfLine>,
): AsyncGenerator<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 56,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: htmlLanguage(language),
    info: { Title: title, Creator: 'Einmal' },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => pdf.once('end', resolve).once('error', reject));
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  for await (const [tag, text] of lines) {
    const size = SIZES[tag];
    const write = () => void pdf.fontSize(size).text(printable(text), { paragraphGap: size / 2 });
    root.add(pdf.struct(tag, {}, write));
    yield* chunks.splice(0);
  }
  root.end();
  pdf.end();
  await ended;
  yield* chunks;
}

/** The fonts of every PDF reader know Western European letters; all others become a question mark and not another letter. */
function printable(text: string): string {
  return text.replace(/[^\u0020-\u007e\u00a0-\u00ff\u2013\u201a-\u201e\u201c\u201d\u20ac]/gu, '?');
}

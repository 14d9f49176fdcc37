import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import type { Language } from '../../catalogue/catalogue.js';
import { packageRoot } from '../../platform/paths.js';
import { htmlLanguage } from '../language.js';

/** A heading or a paragraph. */
export type PdfLine = readonly [tag: 'H1' | 'H2' | 'H3' | 'P', text: string];

/** The one that KERN brings; as WOFF, which pdfkit unpacks faster than WOFF2. */
const OTHER_LETTERS = join(
  packageRoot,
  ...['node_modules', '@kern-ux', 'native', 'dist', 'fonts', 'noto-sans', 'NotoSans-Regular.woff'],
);

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
    const write = () =>
      void pdf
        .font(fontFor(text))
        .fontSize(size)
        .text(printable(text), { paragraphGap: size / 2 });
    root.add(pdf.struct(tag, {}, write));
    yield* chunks.splice(0);
  }
  root.end();
  pdf.end();
  await ended;
  yield* chunks;
}

/** What the fonts know that every PDF reader has: the file need not bring them. */
const WESTERN = /^[\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u201a-\u201e\u201c\u201d\u20ac]*$/u;

/** A line with other letters, such as "Łucja", is in a font that the file brings: whoever has such a name is named rightly. */
function fontFor(text: string): string {
  return WESTERN.test(text) ? 'Helvetica' : OTHER_LETTERS;
}

/** No font here knows the letters of other scripts: they become a question mark and not another letter. */
function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(
      /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\u0020-\u007e\u00a0-\u00ff\p{Script=Inherited}\u2010-\u2027\u20ac]/gu,
      '?',
    );
}

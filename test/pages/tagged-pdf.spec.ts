import { describe, expect, it } from '@jest/globals';
import { sampleReport } from '../../src/pages/oversight/sample-report.js';
import { taggedPdf } from '../../src/pages/shell/tagged-pdf.js';
import { lettersOf, wholePdf } from '../support/pdf-text.js';

const NOTE = 'Łucja Şahin, Χρίστος, Жанна';
const pdfOf = (text: string) => wholePdf(taggedPdf({ title: 'Bericht', language: 'de' }, [['P', text]]));

describe('a PDF of the pages', () => {
  it('writes letters beyond Western Europe as they are, in a font that it brings; of other scripts none is taken for another', async () => {
    const pdf = await pdfOf(NOTE);
    expect([...NOTE].filter((letter) => !lettersOf(pdf).includes(letter))).toEqual([]);
    expect(lettersOf(pdf)).not.toContain('?');
    expect(lettersOf(await pdfOf('Ł 李'))).toContain('?');
  });

  it('brings no font where every reader has one', async () => {
    expect(await pdfOf('Jürgen Groß – 5 € „so“')).not.toMatch(/\/FontFile/);
    expect(await pdfOf(NOTE)).toMatch(/\/FontFile/);
  });

  it('has headings and paragraphs for who listens to it, the report on a sample too (ISO 32000-1 § 14.8)', async () => {
    const items = [{ log_index: '1', counted: true, finding: 'objection', note: NOTE }];
    const pdf = await wholePdf(sampleReport({ log_index: '7', first_index: '0', end_index: '9' }, items, 'de'));
    expect(pdf).toMatch(/^%PDF-1\.7/);
    for (const tag of ['/Marked true', '/StructTreeRoot', '/S /H1', '/S /H2', '/S /P', '/Lang (de'])
      expect(pdf).toContain(tag);
    expect([...NOTE].filter((letter) => !lettersOf(pdf).includes(letter))).toEqual([]);
  });
});

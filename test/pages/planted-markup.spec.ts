import { describe, expect, it } from '@jest/globals';
import type { PagesConnection } from '../../src/client/pages-connection.js';
import { EntriesPage } from '../../src/pages/oversight/entries.page.js';
import { sampleReport } from '../../src/pages/oversight/sample-report.js';
import { taggedPdf } from '../../src/pages/shell/tagged-pdf.js';
import type { Download } from '../../src/pages/view.js';
import { aFederation } from '../register-edge/federation.js';
import { wholePdf } from '../support/pdf-text.js';
import { MARKUP, planted, plantedPages } from '../support/planted-pages.js';

/** As a browser reads it where it is text, or the value of an attribute. */
const decoded = (html: string) => html.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

const pages = await plantedPages();

describe('markup in whatever registers, services, officers and the catalogue write (XSS)', () => {
  it.each(pages.map((page) => [page.name, page] as const))('is text on the page: %s', (_name, { html, shown }) => {
    expect(html).not.toContain(MARKUP);
    expect(html).not.toMatch(/<img|onerror="|<script(?! type="module" src="\/assets\/)/);
    const read = decoded(html);
    expect(shown.filter((it) => !read.includes(it))).toEqual([]);
  });

  it('starts nothing in a report as a PDF', async () => {
    const note = `${planted('note')}) Tj /OpenAction << /S /JavaScript /JS (app.alert(1)) >>`;
    const items = [{ log_index: '1', counted: true, finding: 'objection', note }];
    const report = sampleReport({ log_index: '7', first_index: '0', end_index: '9' }, items, 'de');
    const tagged = taggedPdf({ title: 'Bericht', language: 'de' }, [['P', note]]);
    for (const file of [report, tagged]) {
      const pdf = await wholePdf(file);
      expect(pdf).toContain('%PDF-');
      expect(pdf).not.toMatch(/\/(OpenAction|JavaScript|JS|URI|Launch)\b/);
    }
  });
});

describe('entries as a table to take away', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x";"y")', 'a;=1', 'a"\r\n=1'])(
    'hold %j as a word: no spreadsheet computes it (CSV injection)',
    async (given) => {
      const findEntries = async () => ({ entries: [{ log_index: '1', outcome: given }], next_page_token: '' });
      const node = { oversight: { findEntries } } as unknown as PagesConnection;
      const { current } = await aFederation();
      const visit = { account: { signedIn: {} } } as unknown as Parameters<EntriesPage['csv']>[0];
      const { download } = (await new EntriesPage(node, current).csv(visit, {})) as Download;
      const [, ...lines] = String(download).split('\r\n');
      const cells = cellsOf(lines.join('\r\n').replace(/\r\n$/, ''));
      expect(cells).toHaveLength(11);
      expect(cells.filter((it) => /^[=+\-@\t\r]/.test(it))).toEqual([]);
      expect(cells[9]?.replace(/^'/, '')).toBe(given);
    },
  );
});

/** RFC 4180 § 2, separated by semicolons. */
function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  );
}

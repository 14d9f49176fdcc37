import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { loadLaw } from '../../src/catalogue/load-catalogue.js';
import { cataloguePage } from '../../src/catalogue/printed/catalogue-page.js';
import { catalogueCommand } from '../../src/cli/catalogue-command.js';
import { textHash } from '../../src/tokens/digest.js';

const law = loadLaw('catalogue');
const page = readFileSync('docs/catalogue.md', 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'catalogue-page-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Rows of tables, cell by cell. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.slice(2, -2).split(' | '));

describe('docs/catalogue.md', () => {
  test('is what `npm run gen:catalogue-docs` writes from the data', async () => {
    const out = join(folder, 'page.md');
    await catalogueCommand().parseAsync(['page', '--out', out], { from: 'user' });
    expect(readFileSync(out, 'utf8')).toBe(page);
  });

  test('is the same for the same data', () => {
    expect(cataloguePage(law)).toBe(cataloguePage(loadLaw('catalogue')));
  });

  test.each(law.services.map((it) => [it.id, it] as const))('%s: shows each text with its hash', (_, { needs }) => {
    for (const { decision_text } of needs) {
      for (const text of Object.values(decision_text))
        expect(rows.some((row) => row.includes(text) && row.includes(`\`${textHash(text)}\``))).toBe(true);
    }
  });

  test('marks every entry that nobody compared with its source', () => {
    const entries = [...law.rules, ...law.legal_bases, ...law.registers].map(
      ({ id, verified }) => [id, verified] as const,
    );
    for (const [id, verified] of entries) {
      // A purpose may have the same id as a rule; its row ends with a hash.
      const row = rows.find((it) => it[0] === `\`${id}\`` && it.at(-1)?.endsWith('verified'));
      expect([id, row?.at(-1)]).toEqual([id, verified ? 'verified' : '⚠ not verified']);
    }
  });

  test('draws a matrix as the law does: recipients down, fields across (GewAnzV § 3)', () => {
    const eich = rows.find((row) => row[0] === 'Behörde nach dem Mess- und Eichgesetz' && row.length === 34);
    expect(eich?.slice(1).join('')).toBe('●·●●●·····●··●●··●·●·············');
  });

  test('says of each piece of evidence that no register is connected for it', () => {
    const income = rows.find(([first]) => first === 'Einkommensteuerbescheid (`einkommensteuerbescheid`)');
    expect(income?.[2]).toBe('`steuerverwaltung`, not connected');
    expect(income?.[4]).toBe('CONSENT');
  });

  test('ends no cell early: every row has as many cells as its head', () => {
    const tables = page
      .trimEnd()
      .split('\n\n')
      .filter((block) => block.startsWith('| '));
    for (const block of tables) {
      const widths = block.split('\n').map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(widths).size).toBe(1);
    }
  });
});

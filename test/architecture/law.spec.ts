import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Row = Readonly<{ paragraph: string; demand: string; sources: readonly string[]; tests: readonly string[] }>;

/** Rows of the tables in docs/law.md: those that begin with a citation in backticks. */
function lawTable(markdown: string): readonly Row[] {
  const coded = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [paragraph = '', demand = '', sources = '', tests = ''] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return { paragraph: paragraph.replaceAll('`', ''), demand, sources: coded(sources), tests: coded(tests) };
    });
}

/** Whether `text` cites `paragraph`, also as a later member of a list: `IDNrG § 7 Abs. 2, § 12 Abs. 4`. */
function cites(text: string, paragraph: string): boolean {
  const [, statute = paragraph, place] = /^(.*?) ((?:§|Art\.).*)$/.exec(paragraph) ?? [];
  const quoted = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern =
    place === undefined ? quoted(statute) : `${quoted(statute)} (?:(?:§|Art\\.) [^§\\n;]*, )*${quoted(place)}`;
  return new RegExp(`(?<![\\p{L}\\d])${pattern}(?:bis)?(?![\\p{L}\\d]|\\.\\d)`, 'u').test(text);
}

const [obeyed = '', named = ''] = readFileSync(join(root, 'docs/law.md'), 'utf8').split('## Cited for what they name');
const rows = lawTable(obeyed);

const STATUTES =
  /(?<![\p{L}\d])(AO|BAföG|BEEG|BGB|BMG|BMeldDigiV|BZRG|DSGVO|EGovG|EStG|FZV|GDPR|GewAnzV|GewO|IDNrG|OZG|PStG|PStV|SGB (?:IV|X)|StVG|UBRegG|eIDAS) (§§?|Art\.) (\d+[a-z]?)/gu;

/** Statute and number of every paragraph that a text cites: of each list its first. */
function paragraphsIn(text: string): readonly string[] {
  return [...text.matchAll(STATUTES)].map(
    ([, statute, sign, number]) => `${statute} ${sign?.replace('§§', '§')} ${number}`,
  );
}

function codeBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|proto)$/.test(path) && !path.includes('rpc-types'))
    .map((path) => join(folder, path));
}

describe('the table of law', () => {
  test('has rows, and every row a demand, a source and a test', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => row.demand === '' || row.sources.length === 0 || row.tests.length === 0)).toEqual([]);
  });

  test('lists tests as tests and sources as sources', () => {
    expect(rows.flatMap((row) => row.tests).filter((path) => !/^test\/.*\.spec\.ts$/.test(path))).toEqual([]);
    expect(rows.flatMap((row) => row.sources).filter((path) => path.startsWith('test/'))).toEqual([]);
  });

  test.each(rows.flatMap((row) => [...row.sources, ...row.tests].map((path) => [row.paragraph, path] as const)))(
    '%s is named in %s',
    (paragraph, path) => {
      expect(existsSync(join(root, path))).toBe(true);
      expect(cites(readFileSync(join(root, path), 'utf8'), paragraph)).toBe(true);
    },
  );
});

describe('every paragraph that the code cites', () => {
  const listed = new Set([...rows, ...lawTable(named)].flatMap(({ paragraph }) => paragraphsIn(paragraph)));
  const cited = [...codeBelow('src'), ...codeBelow('proto'), ...codeBelow('libs')].flatMap((path) =>
    paragraphsIn(readFileSync(join(root, path), 'utf8')).map((paragraph) => ({ paragraph, path })),
  );

  test('is in a table of this page', () => {
    expect(cited.length).toBeGreaterThan(100);
    expect(cited.filter(({ paragraph }) => !listed.has(paragraph))).toEqual([]);
  });

  test('and the page lists none for what it names that nobody cites', () => {
    const used = new Set(cited.map(({ paragraph }) => paragraph));
    const names = lawTable(named).map(({ paragraph }) => paragraph);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((it) => !used.has(it))).toEqual([]);
    expect(names.filter((it) => rows.some(({ paragraph }) => paragraphsIn(paragraph).includes(it)))).toEqual([]);
  });
});

describe('every paragraph that the catalogue rests a transfer on', () => {
  test('is on the page that is made of it', () => {
    const page = readFileSync(join(root, 'docs/catalogue.md'), 'utf8');
    const { legal_bases: bases } = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
    expect(bases.length).toBeGreaterThan(10);
    expect(bases.filter(({ norm, paragraph }) => !page.includes(`${norm} ${paragraph}`))).toEqual([]);
  });
});

describe('a citation', () => {
  test.each([
    ['(IDNrG § 7 Abs. 2 S. 6)', 'IDNrG § 7 Abs. 2', true],
    ['IDNrG § 7 Abs. 2, § 12 Abs. 4', 'IDNrG § 12 Abs. 4', true],
    ['IDNrG § 12 Abs. 4', 'IDNrG § 1', false],
    ['IDNrG § 7 Abs. 21', 'IDNrG § 7 Abs. 2', false],
    ['EGovG § 5 Abs. 1; IDNrG § 6', 'EGovG § 6', false],
    ['RFC 6962 § 2.1.1', 'RFC 6962 § 2.1', false],
    ['RFC 6962 § 2.1.', 'RFC 6962 § 2.1', true],
    ['RFC 8725 § 3.1', 'RFC 8725', true],
    ['RFC 87251', 'RFC 8725', false],
  ])('in "%s" of "%s": %s', (text, paragraph, expected) => {
    expect(cites(text, paragraph)).toBe(expected);
  });
});

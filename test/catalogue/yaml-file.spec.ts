import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { bytesInMemory } from '../../src/catalogue/file-bytes.js';
import { parseYamlFile, readYamlFile, type YamlFile } from '../../src/catalogue/yaml-file.js';
import { yamlList } from '../../src/catalogue/yaml-list.js';

const MAX_BYTES = 16 * 1024 * 1024;
const read = (text: string): YamlFile => parseYamlFile('rules.yaml', Buffer.from(text), MAX_BYTES);
const listOf = (text: string) => yamlList(bytesInMemory(Buffer.from(text)));

const folder = mkdtempSync(join(tmpdir(), 'yaml-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a list that is read entry by entry', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom(
      '- x',
      '# no comment',
      'a: b',
      '  - x\n  - y',
      '---',
      '...',
      'no',
      '0x1f',
      '1_0',
      '*a',
      '&a',
      '|',
      'ü',
    ),
  );
  const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
  const entry = fc.dictionary(
    fc.constantFrom('id', 'effect', 'fields', 'title', 'source', 'on'),
    fc.oneof(scalar, fc.array(scalar, { maxLength: 4 }), fc.dictionary(fc.constantFrom('de', 'en'), scalar)),
    { minKeys: 1 },
  );
  const style = fc.record({
    indent: fc.integer({ min: 2, max: 5 }),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 80),
    defaultStringType: fc.constantFrom(
      'PLAIN' as const,
      'QUOTE_DOUBLE' as const,
      'QUOTE_SINGLE' as const,
      'BLOCK_LITERAL' as const,
    ),
  });

  it('says what another parser reads from the whole, in every style', () => {
    let inPieces = 0;
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), style, (entries, written) => {
        const whole = stringify({ rules: entries }, written);
        // The writer may fold a line within a character beyond U+FFFF: what is left is no Unicode, and no file.
        fc.pre(whole.isWellFormed());
        const file = read(whole);
        expect({ faults: file.faults, content: file.content }).toEqual({
          faults: [],
          content: parse(whole, { schema: 'core' }),
        });
        if (listOf(whole) !== undefined) inPieces++;
      }),
      { numRuns: 300 },
    );
    expect(inPieces).toBeGreaterThan(40);
  });

  it('may be as long as it likes, with lines longer than what is read at once', () => {
    const long = 'x'.repeat(1024 * 1024 + 7);
    const entries = Array.from({ length: 250 }, (_, n) => ({ id: `r${n}`, source: n % 100 === 7 ? long : 'short' }));
    writeFileSync(join(folder, 'rules.yaml'), stringify({ rules: entries }, { lineWidth: 0 }));
    const file = readYamlFile(folder, 'rules.yaml', MAX_BYTES);
    expect(file.content).toEqual({ rules: entries });
    // Two lines for each entry, after the name of the list.
    expect(file.lineOf(['rules', 249, 'source'])).toBe(1 + 249 * 2 + 2);
    expect(file.lineOf(['rules', 249], 'id')).toBe(1 + 249 * 2 + 1);
  });

  it.each([
    ['with comments and blank lines', '# head\n\nrules: # all\n\n# one\n  - id: a\n  # two\n\n  - id: b\n'],
    ['not indented', 'rules:\n- id: a\n- id: b\n'],
    ['with Windows line ends', 'rules:\r\n  - id: a\r\n  - id: b\r\n'],
    ['of lists of fields with an anchor of its own', 'rules:\n  - { id: &a a, fields: *a }\n  - id: b\n'],
  ])('may be written %s', (_style, whole) => {
    const list = listOf(whole);
    expect(list?.count).toBe(2);
    const file = read(whole);
    expect(file.content).toEqual(parse(whole));
    expect(file.lineOf(['rules', 1, 'id'])).toBe(whole.split('\n').findIndex((line) => line.includes('b')) + 1);
  });
});

describe('what cannot be read apart is read as a whole, with the same result', () => {
  it.each([
    ['an anchor of another entry', 'rules:\n  - fields: &f [a]\n  - fields: *f\n'],
    ['two members', 'rules:\n  - id: a\nmore:\n  - id: b\n'],
    ['a list in brackets', 'rules: [{ id: a }]\n'],
    ['JSON', '{"rules": [{"id": "a"}]}'],
    ['a text over several lines', 'rules:\n  - id: "a\n\n     b"\n  - id: c\n'],
    ['an empty list', 'rules: []\n'],
    ['a document start', '---\nrules:\n  - id: a\n'],
  ])('%s', (_what, whole) => {
    expect(read(whole)).toMatchObject({ faults: [], content: parse(whole) });
  });

  it.each([
    ['a second document between the entries', 'rules:\n  - id: a\n---\n  - id: b\n'],
    ['the end of the document between the entries', 'rules:\n  - id: a\n...\n  - id: b\n'],
    ['a tab', 'rules:\n  - id: a\n\t- id: b\n'],
    ['an entry that sticks out', 'rules:\n  - id: a\n - id: b\n'],
    ['a text that begins in one entry and ends in the next', 'rules:\n  - id: "a\n  - id: b"\n'],
    ['a name twice', 'rules:\n  - id: a\n    id: b\n'],
    ['a tag', 'rules:\n  - id: !!js/function "x"\n'],
    ['an alias of nothing', 'rules:\n  - id: *nothing\n'],
  ])('and is refused with its line: %s', (_what, whole) => {
    const { faults, content } = read(whole);
    expect(content).toBeUndefined();
    expect(faults[0]?.line).toBeGreaterThan(0);
  });

  it.each([
    ['in one entry', 'rules:\n  - l0: &l0 [x]\n', '    ', 3],
    ['beside the list', 'l0: &l0 [x]\n', '', 2],
  ])('aliases that multiply, %s, cost nothing ("billion laughs")', (_where, head, indent, line) => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `${indent}l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
    );
    const { faults } = read(`${head}${levels.join('\n')}\n`);
    expect(faults).toEqual([{ file: 'rules.yaml', line, message: 'has aliases that multiply' }]);
  });

  it('more than a hundred aliases, and a nest of a thousand brackets', () => {
    expect(read(`a: &a x\nb: [${Array(101).fill('*a').join(', ')}]\n`).content).toBeUndefined();
    expect(read(`a: ${'['.repeat(1000)}${']'.repeat(1000)}\n`).content).toBeUndefined();
  });

  it('bytes that are no text', () => {
    const bytes = Buffer.concat([Buffer.from('rules:\n  - id: a'), Buffer.from([0xff]), Buffer.from('\n')]);
    expect(parseYamlFile('rules.yaml', bytes, MAX_BYTES).faults).toEqual([
      { file: 'rules.yaml', line: 0, message: 'cannot be read as UTF-8 text' },
    ]);
  });
});

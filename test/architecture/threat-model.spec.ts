import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Row = Readonly<{
  threat: string;
  control: string;
  byDefault: string;
  tests: readonly (readonly [string, string])[];
}>;

/** Rows with a control in backticks and tests as `file` "part of a title". */
function threats(markdown: string): readonly Row[] {
  return markdown
    .split('\n')
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
    .filter(([, control = '']) => /^`[^`]+`$/.test(control))
    .map(([threat = '', control = '', byDefault = '', named = '']) => ({
      threat,
      control: control.replaceAll('`', ''),
      byDefault,
      tests: [...named.matchAll(/`([^`]+)` "([^"]+)"/g)].map(([, file = '', title = '']) => [file, title] as const),
    }));
}

const rows = threats(readFileSync(join(root, 'docs/threat-model.md'), 'utf8'));

describe('the threat model', () => {
  test('has rows, and each a threat, a control that is there, a default and a test', () => {
    expect(rows.length).toBeGreaterThan(35);
    expect(
      rows.filter(({ threat, byDefault, tests }) => threat === '' || byDefault === '' || tests.length === 0),
    ).toEqual([]);
    expect(rows.filter(({ control }) => !existsSync(join(root, control)))).toEqual([]);
  });

  test.each(rows.flatMap(({ threat, tests }) => tests.map(([file, title]) => [threat, file, title] as const)))(
    '%s: %s has "%s"',
    (_threat, file, title) => {
      expect(file).toMatch(/^test\/.*\.spec\.ts$/);
      const titles = titlesOf(readFileSync(join(root, file), 'utf8'));
      expect(titles.filter((it) => it.includes(title))).not.toEqual([]);
    },
  );
});

/** What stands in quotes and could be a title: of `it`, `describe`, or of a table of them. Comments do not count. */
function titlesOf(source: string): readonly string[] {
  const code = source.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  return [...code.matchAll(/'((?:[^'\\\n]|\\.)+)'|"((?:[^"\\\n]|\\.)+)"|`([^`]+)`/g)].map(
    ([, single, double, template]) => single ?? double ?? template ?? '',
  );
}

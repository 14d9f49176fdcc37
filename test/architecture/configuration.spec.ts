import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Files of the repository, those not yet committed included. */
function filesBelow(...folders: string[]): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...folders], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.split('\n').filter((path) => /\.m?ts$|\.mjs$/.test(path));
}

function variablesIn(texts: readonly string[]): readonly string[] {
  const named = texts.flatMap((text) => [...text.matchAll(/\b(?:EINMAL_[A-Z_]*[A-Z]|DATABASE_URL)\b/g)]);
  return [...new Set(named.map(([name]) => name))].sort();
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const documented = variablesIn([read('docs/configuration.md')]);

test('docs/configuration.md names every variable of the source, and no other', () => {
  const used = variablesIn(filesBelow('src', 'test/support').map(read));
  expect(used.length).toBeGreaterThan(20);
  expect(documented).toEqual(used);
});

test.each(['src/platform/config.ts', 'src/node-config.ts'])(
  'docs/configuration.md has the bounds and the default of every number in %s',
  (path) => {
    const settings = [
      ...read(path).matchAll(/whole\('(\w+)', \{ min: ([\d_]+), max: ([\d_]+)(?:, fallback: ([\d_]+))?/g),
    ];
    expect(settings.length).toBeGreaterThan(0);
    const rows = read('docs/configuration.md').split('\n');
    for (const [, variable, ...limits] of settings) {
      const row = rows.find((line) => line.startsWith(`| \`${variable}\` |`)) ?? '';
      const [min, max, fallback] = limits.map((it) => it?.replaceAll('_', ''));
      expect(row).toMatch(new RegExp(`${min} to ${max} \\| ${fallback ?? 'required'} \\|$`));
    }
  },
);

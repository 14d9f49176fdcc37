import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const checkedIn = join(root, 'src/platform/rpc-types');

let generated: string;

beforeAll(() => {
  generated = mkdtempSync(join(tmpdir(), 'einmal-rpc-types-'));
  const command = script('gen:rpc-types').replaceAll('../src/platform/rpc-types', generated);
  execFileSync('sh', ['-c', command], {
    cwd: root,
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}, 60_000);

afterAll(() => rmSync(generated, { recursive: true, force: true }));

function script(name: string): string {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return scripts[name];
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => relative(folder, join(folder, name)))
    .sort();
}

test('the checked-in wire types are those of the protos', () => {
  expect(files(generated).length).toBeGreaterThan(0);
  expect(files(checkedIn)).toEqual(files(generated));
  const changed = files(generated).filter(
    (name) => readFileSync(join(generated, name), 'utf8') !== readFileSync(join(checkedIn, name), 'utf8'),
  );
  expect(changed).toEqual([]);
});

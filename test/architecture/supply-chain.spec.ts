import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => readFileSync(join(root, name), 'utf8');

type Entry = { version?: string; license?: string; integrity?: string; hasInstallScript?: boolean; dev?: boolean };
type Project = {
  lock: { packages: Record<string, Entry> };
  manifest: { allowScripts: Record<string, boolean>; dependencies: Record<string, string> };
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einmal-supply-'));
  mkdirSync(join(folder, 'tools'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the check on this project after a change. @returns what it says; nothing where all is well */
function checked(change: (project: Project) => void): string {
  const project: Project = { lock: JSON.parse(read('package-lock.json')), manifest: JSON.parse(read('package.json')) };
  change(project);
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(project.lock));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project.manifest));
  writeFileSync(join(folder, 'tools/supply-chain.json'), read('tools/supply-chain.json'));
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/supply-chain.mjs'), '--root', folder], {
    encoding: 'utf8',
  });
  expect(status).toBe(stderr === '' ? 0 : 1);
  return stderr;
}

const locked = ({ lock }: Project, name: string): Entry => {
  const entry = lock.packages[`node_modules/${name}`];
  if (entry === undefined) throw new Error(`${name} is not installed`);
  return entry;
};

describe('what comes in with packages', () => {
  test('is as it must be: the control of this table', () => {
    expect(checked(() => undefined)).toBe('');
  });

  const cases: readonly (readonly [what: string, change: (project: Project) => void, says: RegExp])[] = [
    [
      'a licence that is not on the list',
      (it) => Object.assign(locked(it, 'pg'), { license: 'AGPL-3.0' }),
      /pg: licence AGPL/,
    ],
    [
      'a licence of tools in production',
      (it) => Object.assign(locked(it, 'pg'), { license: 'MIT AND MPL-2.0' }),
      /pg: licence MIT AND MPL-2.0/,
    ],
    ['no licence', (it) => void delete locked(it, 'pg').license, /pg: licence none/],
    [
      'a version below its floor',
      (it) => Object.assign(locked(it, '@grpc/grpc-js'), { version: '1.14.3' }),
      /below its floor/,
    ],
    [
      'a version below its floor through another package',
      (it) =>
        Object.assign(it.lock.packages, {
          'node_modules/x/node_modules/@grpc/grpc-js': { ...locked(it, '@grpc/grpc-js'), version: '1.9.15' },
        }),
      /node_modules\/x\/node_modules\/@grpc\/grpc-js 1\.9\.15 is below its floor/,
    ],
    ['a package without digest', (it) => void delete locked(it, 'jose').integrity, /jose has no digest/],
    [
      'a digest by an old algorithm',
      (it) => Object.assign(locked(it, 'jose'), { integrity: 'sha1-x' }),
      /jose has no digest/,
    ],
    [
      'install scripts that nobody allowed',
      (it) => Object.assign(locked(it, 'jose'), { hasInstallScript: true }),
      /jose has install scripts/,
    ],
    [
      'an allowance that nothing needs',
      (it) => Object.assign(it.manifest.allowScripts, { jose: true }),
      /jose is allowed/,
    ],
    ['a range of versions', (it) => Object.assign(it.manifest.dependencies, { jose: '^6.2.18' }), /no exact version/],
  ];
  test.each(cases)('%s is a fault', (_what, change, says) => {
    expect(checked(change)).toMatch(says);
  });

  test('install scripts, floors, digests and licences are part of npm run check', () => {
    const { scripts } = JSON.parse(read('package.json'));
    expect(scripts.check).toContain('check:supply');
    expect(scripts['check:supply']).toBe('node tools/supply-chain.mjs');
  });
});

test('the bill of materials names every package of production, each with version, licence, digest and what it needs', () => {
  const print = () =>
    execFileSync(process.execPath, [join(root, 'tools/sbom.mjs')], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const bill = JSON.parse(print());
  expect(bill).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { component: { name: 'einmal' } },
  });
  expect(JSON.parse(print())).toEqual(bill);
  const { packages } = JSON.parse(read('package-lock.json')) as Project['lock'];
  type Listed = { purl: string; licenses?: unknown; hashes?: unknown };
  const listed = new Map(bill.components.map((it: Listed) => [decodeURIComponent(it.purl), it] as const)) as Map<
    string,
    Listed
  >;
  const expected = Object.entries(packages)
    // Of other platforms, and not served when the lock was made.
    .filter(([path, { dev, integrity }]) => path !== '' && !dev && integrity !== undefined)
    .map(([path, { version }]) => `pkg:npm/${path.slice(path.lastIndexOf('node_modules/') + 13)}@${version}`);
  expect(expected.length).toBeGreaterThan(200);
  expect(expected.filter((it) => !listed.get(it)?.licenses || !listed.get(it)?.hashes)).toEqual([]);
  const needs = new Map<string, string[]>(
    bill.dependencies.map((it: { ref: string; dependsOn: string[] }) => [it.ref, it.dependsOn]),
  );
  const reached = new Set<string>();
  for (const queue = [bill.metadata.component['bom-ref']]; queue.length > 0; ) {
    const ref = queue.pop();
    if (reached.has(ref)) continue;
    reached.add(ref);
    queue.push(...(needs.get(ref) ?? []));
  }
  expect(bill.components.filter((it: Listed) => !reached.has(it.purl))).toEqual([]);
});

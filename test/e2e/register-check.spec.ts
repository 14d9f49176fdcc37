import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { createPki, type Pki } from '../../src/demo/pki.js';
import { makeTestIdnr } from '../../src/identity/idnr.js';
import { packageRoot } from '../../src/platform/paths.js';
import type { Finding } from '../../src/register-edge/finding.js';

const COLUMNS = [
  ...['idnr', 'born', 'blocked', 'as_of', 'family_name', 'given_names', 'birth_date', 'matriculation_number'],
  ...['institution', 'degree_programme', 'degree', 'semester_count', 'enrolled_from', 'enrolled_until'],
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string | number | null>>;

const row = (nth: number, over: Row = {}): Row => ({
  ...Object.fromEntries(COLUMNS.map((it) => [it, `Geheim ${it}`])),
  ...{ idnr: makeTestIdnr(nth), born: '2004-08-12', blocked: 0, as_of: '2026-10-05T06:00:00Z' },
  ...over,
});

/** As it is typed, in the folder of the checkout. */
function check(config: string, env: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const program = join(packageRoot, 'dist', 'src', 'cli', 'main.js');
  const args = ['--disable-warning=ExperimentalWarning', program, 'register', 'check', '--config', config, '--json'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: packageRoot, env: { ...env } }, (error, stdout, stderr) => {
      expect(stderr).toBe('');
      try {
        const { ready, findings } = JSON.parse(stdout) as { ready: boolean; findings: readonly Finding[] };
        expect(ready).toBe(findings.every(({ state }) => state === 'holds'));
        expect(error?.code ?? 0).toBe(ready ? 0 : 1);
        resolve(findings);
      } catch (fault) {
        reject(fault);
      }
    });
  });
}

describe('the readiness of a register', () => {
  let folder: string;
  let pki: Pki;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'einmal-readiness-'));
    const owner = { id: 'hochschule-bremen', kind: 'register', area: 'bildung', name: 'Hochschule' };
    pki = await createPki(join(folder, 'keys'), [owner as unknown as Parameters<typeof createPki>[1][number]]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  let databases = 0;
  const aDatabase = (rows: readonly Row[], columns: readonly string[] = COLUMNS) => {
    databases += 1;
    const file = join(folder, `${databases}.sqlite`);
    const database = new DatabaseSync(file);
    database.exec(`create table students (${columns.join(', ')})`);
    const insert = database.prepare(`insert into students values (${columns.map(() => '?').join(', ')})`);
    for (const it of rows) insert.run(...columns.map((column) => it[column as keyof Row] ?? null));
    database.close();
    return file;
  };
  const aConfig = (over: object = {}) => {
    const attributes = Object.fromEntries(COLUMNS.slice(4).map((it) => [it, it]));
    const evidence = {
      view: 'students',
      person: { idnr: 'idnr', birth_date: 'born', blocked: 'blocked' },
      as_of: 'as_of',
      attributes,
      ...over,
    };
    const file = join(folder, 'register.yaml');
    const data_source = { kind: 'sqlite', url_env: 'DATA_URL' };
    writeFileSync(
      file,
      stringify({
        register: 'hochschule-bremen',
        simulator: true,
        data_source,
        evidence: { studienbescheinigung: evidence },
      }),
    );
    return file;
  };
  const findingsOf = async (database: string, config = aConfig(), environment: Record<string, string> = {}) => {
    const findings = await check(config, {
      ...{ DATA_URL: database, EINMAL_CATALOGUE: 'catalogue', EINMAL_KEYS: pki.folderOf('hochschule-bremen') },
      ...environment,
    });
    expect(JSON.stringify(findings)).not.toMatch(/Geheim|0\d{10}/);
    return findings;
  };
  const openOf = async (...given: Parameters<typeof findingsOf>) =>
    (await findingsOf(...given))
      .filter(({ state }) => state !== 'holds')
      .map(({ state, about, fault }) => `${state} ${about}: ${fault}`);

  /** The catalogue of the package is not deployed: it names no keys. */
  const NO_KEYS = 'unknown signing/evidence.jwk.json: cannot be compared with a catalogue without keys';

  it('is told rule by rule, with what to do where one does not hold', async () => {
    const findings = await findingsOf(aDatabase([row(1), row(2)]));
    expect(findings.filter(({ state }) => state !== 'holds').map(({ todo }) => todo)).toEqual([
      expect.stringContaining('propose the key for the catalogue'),
    ]);
    expect(findings.map(({ about }) => about)).toEqual(
      expect.arrayContaining([
        'register.yaml',
        'catalogue',
        'tls/cert.pem',
        'view students',
        'studienbescheinigung.degree',
      ]),
    );
  });

  const faults: readonly (readonly [string, string, readonly Row[], (readonly string[])?])[] = [
    ['no record at all', 'unknown studienbescheinigung: shows no record', []],
    [
      'a number where a text is promised',
      'studienbescheinigung.degree: is not so in 1 of 2',
      [row(1), row(2, { degree: 3 })],
    ],
    ['a block that is neither', 'studienbescheinigung: is not so in 1 of 2', [row(1), row(2, { blocked: 'nein' })]],
    [
      'an absent block',
      'studienbescheinigung: is not so in 2 of 2',
      [row(1, { blocked: null }), row(2, { blocked: null })],
    ],
    ['a moment without zone', 'studienbescheinigung: is not so in 1 of 1', [row(1, { as_of: '2026-10-05 06:00:00' })]],
    ['two records of one person', 'studienbescheinigung: has more than one for 1 of them', [row(1), row(2), row(2)]],
    [
      'a column less',
      'view students: lacks a configured column: degree',
      [row(1)],
      COLUMNS.filter((it) => it !== 'degree'),
    ],
  ];

  it.each(faults)('is missing with %s', async (_what, fault, rows, columns) => {
    const open = await openOf(aDatabase(rows, columns));
    expect(open.filter((it) => it !== NO_KEYS)).toEqual([expect.stringContaining(fault)]);
  });

  it('is missing without a source, and says which variable leads to it', async () => {
    const none = await findingsOf(join(folder, 'none.sqlite'));
    expect(none.find(({ about }) => about === 'sqlite')).toMatchObject({
      state: 'fails',
      fault: 'does not (ENOENT)',
      todo: expect.stringContaining('DATA_URL'),
    });
    expect(await openOf('')).toContain('fails sqlite: DATA_URL is required');
  });

  it('is missing where the catalogue has other attributes', async () => {
    const open = await openOf(
      aDatabase([row(1)]),
      aConfig({ attributes: { family_name: 'family_name', religion: 'degree' } }),
    );
    expect(open).toEqual(
      expect.arrayContaining([
        'fails hochschule-bremen: attribute "degree" of "studienbescheinigung" has no column',
        'fails hochschule-bremen: attribute "religion" is not one of "studienbescheinigung"',
      ]),
    );
  });

  it('is missing with a certificate that ends soon or has ended', async () => {
    const keys = join(folder, 'other-keys');
    const from = pki.folderOf('hochschule-bremen');
    cpSync(from, keys, { recursive: true });
    const until = async (days: number) => {
      const notAfter = new Date(Date.now() + days * 86_400_000);
      const notBefore = new Date(Date.now() - 90 * 86_400_000);
      const { cert, key } = await pki.issue({ commonName: 'x', participant: 'hochschule-bremen', notBefore, notAfter });
      writeFileSync(join(keys, 'tls', 'cert.pem'), cert);
      writeFileSync(join(keys, 'tls', 'key.pem'), key);
      return openOf(aDatabase([row(1)]), aConfig(), { EINMAL_KEYS: keys });
    };
    expect(await until(20)).toContainEqual(expect.stringMatching(/^fails tls\/cert.pem: is valid until .* only$/));
    expect(await until(-1)).toContain('fails tls/cert.pem: has ended');
  });

  it('ends with a file that is not well-formed', async () => {
    const file = join(folder, 'faulty.yaml');
    writeFileSync(file, 'register: X\n');
    const findings = await check(file, {});
    expect(findings.length).toBeGreaterThan(1);
    expect(new Set(findings.map(({ rule, state }) => `${rule} ${state}`))).toEqual(
      new Set(['the file is well-formed fails']),
    );
  });
});

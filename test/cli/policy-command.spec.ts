import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

// A process each, on a machine that may be busy.
jest.setTimeout(60_000);

type Run = Readonly<{ code: number | null; out: string; errors: string }>;

/** Runs the built command, as `npx einmal policy` does. */
function policy(...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, ['dist/src/cli/main.js', 'policy', ...args], { env: {} });
  let [out, errors] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, errors })));
}

const QUESTION = [
  ...['--consumer', 'familienkasse-online', '--register', 'personenstand-bremen', '--evidence', 'geburt'],
  ...['--purpose', 'kindergeld-antrag', '--basis', 'egovg-5-1-1'],
];
const explain = (...more: string[]) => policy('explain', '--catalogue', 'catalogue', ...QUESTION, ...more);

describe('einmal policy', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'einmal-policy-command-'));
    cpSync('catalogue', folder, { recursive: true, filter: (path) => !path.includes('schema') });
    const rules = join(folder, 'rules.yaml');
    writeFileSync(rules, readFileSync(rules, 'utf8').replace('purpose: kindergeld-antrag', 'purpose: werbung'));
    rmSync(join(folder, 'areas.yaml'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('check: 0 and the version, or 1 and every fault with file and line', async () => {
    expect(await policy('check', '--catalogue', 'catalogue')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^No faults: \d+ rules, \d+ services, version [\w-]{43}\n$/),
      errors: '',
    });
    const faulty = await policy('check', '--catalogue', folder);
    expect(faulty).toEqual({
      code: 1,
      out: 'areas.yaml:0: is missing\nrules.yaml:11: purpose "werbung" does not exist\n',
      errors: '',
    });
    const json = await policy('check', '--catalogue', folder, '--json');
    expect(JSON.parse(json.out).faults).toContainEqual({ file: 'areas.yaml', line: 0, message: 'is missing' });
  });

  it('check: keys and addresses of a deployment as well, where they are named', async () => {
    const deployed = await policy('check', '--catalogue', 'catalogue', '--deployment', 'test/catalogue/deployment');
    expect(deployed).toMatchObject({ code: 0 });
    const nowhere = await policy('check', '--catalogue', 'catalogue', '--deployment', folder);
    expect(nowhere).toMatchObject({ code: 1, out: expect.stringContaining('keys.yaml:0: is missing') });
  });

  it('explain: 0 permitted, 1 refused or in part, with what is missing and who could change it', async () => {
    const permitted = await explain();
    expect(permitted).toMatchObject({ code: 0, errors: '' });
    expect(permitted.out).toContain('5  allow  kindergeld-geburt: allows  [EGovG § 5 Abs. 1; EStG §§ 63, 67]');
    const refused = await explain('--fields', 'birth_time, parent_1_given_names');
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('Refused: TRANSFER_NOT_PERMITTED');
    expect(refused.out).toContain('Rule "nobody-time-of-birth-and-sex" denies it');
    expect(refused.out).toContain('Limit "purpose:kindergeld-antrag" does not let it pass');
    const partly = await explain('--fields', 'birth_date,sex', '--json');
    expect(partly.code).toBe(1);
    expect(JSON.parse(partly.out)).toMatchObject({
      decision: { kind: 'allowed', fields: ['birth_date'] },
      refused: [{ attribute: 'sex', deniedBy: ['nobody-time-of-birth-and-sex', 'purpose:kindergeld-antrag'] }],
    });
  });

  it('matrix: as a table, as CSV (RFC 4180) and as JSON', async () => {
    const table = await policy('matrix', '--catalogue', 'catalogue');
    expect(table.out).toMatch(/│ familienkasse-online .*kindergeld-antrag: 4/);
    const csv = await policy('matrix', '--catalogue', 'catalogue', '--format', 'csv');
    const [head, ...rows] = csv.out.split('\r\n');
    expect(head).toBe(
      'consumer,evidence_type,register,purpose,legal_basis,trigger,fields,min_assurance,attested_by,limits,rules',
    );
    expect(rows).toContain(
      'familienkasse-online,geburt,personenstand-bremen,kindergeld-antrag,egovg-5-1-1,CHOICE,birth_date birth_place child_birth_name child_given_names,substantial,online-service pages,,kindergeld-geburt',
    );
    const json = JSON.parse((await policy('matrix', '--catalogue', 'catalogue', '--format', 'json')).out);
    expect(json).toHaveLength(rows.filter((it) => it !== '').length);
  });

  it('test: 0 where all scenarios come out as expected and notice every change of a rule, 1 where not', async () => {
    const all = await policy('test', '--catalogue', 'catalogue', '--scenarios', 'test/scenario', '--mutants');
    expect(all).toMatchObject({ code: 0, errors: '' });
    expect(all.out).toMatch(
      /^(\d+) of \1 scenarios come out as expected\.\nRules removed or inverted: (\d+) of \2 noticed \(100 %\)/,
    );
    const changed = join(folder, 'changed');
    cpSync('catalogue', changed, { recursive: true, filter: (path) => !path.includes('schema') });
    const rules = readFileSync(join(changed, 'rules.yaml'), 'utf8');
    writeFileSync(join(changed, 'rules.yaml'), rules.replace('fields: [birth_time, sex]', 'fields: [birth_time]'));
    const failing = await policy('test', '--catalogue', changed, '--scenarios', 'test/scenario');
    expect(failing.code).toBe(1);
    expect(failing.out).toContain('✖ gdpr-05-1-c-attributes/5.2: Nobody gets sex of the birth entry');
    const one = join(folder, 'one');
    cpSync('test/scenario', one, {
      recursive: true,
      filter: (path) => !/\/(?!transfers|beeg)[^/]*\.(yaml|ts)$/.test(path),
    });
    const few = await policy('test', '--catalogue', 'catalogue', '--scenarios', one, '--mutants', '--json');
    expect(few.code).toBe(1);
    expect(JSON.parse(few.out)).toMatchObject({
      failures: [],
      mutants: { coarse: { survivors: expect.arrayContaining([{ rule: 'kindergeld-geburt', change: 'removed' }]) } },
    });
  });

  it('2 where it cannot tell: no such folder, no such option, no process to ask', async () => {
    expect(await policy('check', '--catalogue', join(folder, 'nowhere'))).toMatchObject({ code: 2, out: '' });
    expect(await policy('test', '--catalogue', 'catalogue', '--scenarios', folder)).toMatchObject({ code: 2 });
    expect(await policy('check')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('EINMAL_CATALOGUE is required'),
    });
    expect(await policy('explain', '--catalogue', 'catalogue')).toMatchObject({ code: 2 });
    expect(await policy('simulate', '--catalogue', 'catalogue', '--since', 'yesterday')).toMatchObject({ code: 2 });
    expect(await policy('simulate', '--catalogue', 'catalogue', '--since', '30d')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('EINMAL_KEYS is required'),
    });
  });
});

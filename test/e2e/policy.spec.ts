import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toTimestamp } from '../../src/platform/clock.js';
import type { ExplainTransferResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/ExplainTransferResponse.js';
import type { ListPermissionsResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/ListPermissionsResponse.js';
import type { SimulateCatalogueResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/SimulateCatalogueResponse.js';
import { type Consumer, consumer, form } from '../support/e2e-consumer.js';
import { mother, newborn } from '../support/e2e-people.js';
import { expectLoggedRefusal, expectRefusal } from '../support/e2e-refusal.js';
import { deployedCatalogue, e2eSystem, named } from '../support/e2e-system.js';

const GEBURT = {
  consumer: 'familienkasse-online',
  register: 'personenstand-bremen',
  evidence_type: 'geburt',
  purpose: 'kindergeld-antrag',
  legal_basis: 'egovg-5-1-1',
};

let familienkasse: Consumer;
let elterngeld: Consumer;
let began: number;
let folder: string;

/** One prefill, so that there is something to replay. */
beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
  elterngeld = await consumer('elterngeld-online');
  folder = mkdtempSync(join(tmpdir(), 'einmal-policy-'));
  began = Date.now();
  const persons = [mother, newborn];
  const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants: persons });
  await familienkasse.prefill(form('kindergeld', decisions, persons));
}, 30_000);
afterAll(() => {
  familienkasse.close();
  elterngeld.close();
  rmSync(folder, { recursive: true });
});

const explain = (by: Consumer, over: object = {}) =>
  by.call<ExplainTransferResponse__Output>('CatalogueService/ExplainTransfer', { ...GEBURT, ...over });
const rulesWithout = (id: string) => {
  const rules = readFileSync(join(e2eSystem().catalogue, 'rules.yaml'), 'utf8');
  const start = rules.indexOf(`  - id: ${id}\n`);
  return rules.slice(0, start) + rules.slice(rules.indexOf('\n  - id: ', start + 1) + 1);
};

describe('a participant asks what the rules say', () => {
  it('about itself: why it may, and why not', async () => {
    expect((await explain(familienkasse)).explanation).toMatchObject({
      permitted: true,
      fields: ['birth_date', 'birth_place', 'child_birth_name', 'child_given_names'],
      matched: expect.arrayContaining([expect.objectContaining({ rule_id: 'kindergeld-geburt', part: 'allows' })]),
      catalogue_version: deployedCatalogue().catalogue.version,
    });
    const { explanation: ofSex } = await explain(familienkasse, { fields: ['sex'] });
    expect(ofSex).toMatchObject({
      permitted: false,
      reason: 'ERROR_REASON_TRANSFER_NOT_PERMITTED',
      refused_fields: [{ attribute: 'sex', denied_by: ['nobody-time-of-birth-and-sex', 'purpose:kindergeld-antrag'] }],
    });
    // Beyond what the purpose needs no change of a rule leads.
    expect(ofSex?.changes ?? []).toEqual([]);
    const otherwise = await explain(familienkasse, { purpose: 'kindergeld-pruefung', fields: ['birth_date'] });
    expect(otherwise.explanation?.changes).toEqual(
      expect.arrayContaining([expect.objectContaining({ who: 'consumer', rule_ids: ['kindergeld-geburt'] })]),
    );
  });

  it('and about nobody else', async () => {
    await expectLoggedRefusal(elterngeld.id, () => explain(elterngeld), { reason: 'CALL_NOT_ALLOWED' });
    await expectRefusal(explain(familienkasse, { register: 'Bremen!', purpose: '' }), { reason: 'REQUEST_INVALID' });
  });

  it('as a list of all that it may have, page after page', async () => {
    const list = (by: Consumer, page_size: number, page_token = '') =>
      by.call<ListPermissionsResponse__Output>('CatalogueService/ListPermissions', { page_size, page_token });
    const { permissions = [] } = await list(familienkasse, 100);
    expect(new Set(permissions.map((it) => it.consumer))).toEqual(new Set(['familienkasse-online']));
    expect(permissions).toContainEqual(
      expect.objectContaining({ ...GEBURT, trigger_kind: 'TRIGGER_KIND_CHOICE', rule_ids: ['kindergeld-geburt'] }),
    );
    const first = await list(familienkasse, 1);
    const second = await list(familienkasse, 1, first.next_page_token);
    expect([...(first.permissions ?? []), ...(second.permissions ?? [])]).toEqual(permissions.slice(0, 2));
  });
});

describe('a participant simulates other rules', () => {
  const simulate = (by: Consumer, files: Readonly<Record<string, string>>) =>
    by.call<SimulateCatalogueResponse__Output>('CatalogueService/SimulateCatalogue', {
      files,
      since_time: toTimestamp(began),
      version: Object.keys(files).length === 0 ? deployedCatalogue().catalogue.version : '',
    });

  it('on what it asked: which decisions flip, and by which rules', async () => {
    const simulated = await simulate(familienkasse, { 'rules.yaml': rulesWithout('kindergeld-geburt') });
    expect(Number(simulated.replayed)).toBeGreaterThan(2);
    // The look before the request, and the request.
    expect(simulated.flipped).toEqual([
      expect.objectContaining({
        ...GEBURT,
        count: '2',
        permitted_before: true,
        permitted_after: false,
        rule_ids_before: ['kindergeld-geburt'],
        reason_after: 'ERROR_REASON_TRANSFER_NOT_PERMITTED',
      }),
    ]);
    expect((await simulate(familienkasse, {})).flipped ?? []).toEqual([]);
  });

  it('and not on what others asked', async () => {
    const simulated = await simulate(elterngeld, { 'rules.yaml': rulesWithout('kindergeld-geburt') });
    expect(simulated.flipped ?? []).toEqual([]);
  });

  it('and hears of every fault of them', async () => {
    const call = simulate(familienkasse, { 'rules.yaml': 'rules: 3\n' });
    const refused = await expectRefusal(call, { reason: 'REQUEST_INVALID' });
    expect(refused.violations).toEqual([{ field: 'files["rules.yaml"]', description: 'line 1: /rules must be array' }]);
  });
});

describe('einmal policy simulate, as the operator of the intermediary', () => {
  const run = (as: string, catalogue: string) => {
    // Before that other tests asked under other catalogues.
    const since = new Date(began).toISOString();
    const args = ['dist/src/cli/main.js', 'policy', 'simulate', '--catalogue', catalogue, '--since', since, '--json'];
    const child = spawn(process.execPath, args, {
      env: { EINMAL_CATALOGUE: e2eSystem().catalogue, EINMAL_KEYS: named(e2eSystem().keys, as) },
    });
    let [out, errors] = ['', ''];
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    return new Promise<{ code: number | null; out: string; errors: string }>((resolve) =>
      child.on('close', (code) => resolve({ code, out, errors })),
    );
  };

  it('replays the log against another folder: 0 nothing flips, 1 something does', async () => {
    expect(await run('intermediary', e2eSystem().catalogue)).toMatchObject({ code: 0, errors: '' });
    const other = join(folder, 'other');
    cpSync(e2eSystem().catalogue, other, { recursive: true });
    writeFileSync(join(other, 'rules.yaml'), rulesWithout('kindergeld-geburt'));
    const { code, out } = await run('intermediary', other);
    expect(code).toBe(1);
    expect(JSON.parse(out).flips).toContainEqual(
      expect.objectContaining({
        question: expect.objectContaining({ evidence_type: 'geburt', consumer: 'familienkasse-online' }),
        after: { reason: 'TRANSFER_NOT_PERMITTED', fields: [], ruleIds: [] },
      }),
    );
    const theirs = await run('elterngeld-online', other);
    expect(JSON.parse(theirs.out).flips).toEqual([]);
  }, 60_000);
});

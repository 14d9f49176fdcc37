import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK } from 'jose';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { signDecision } from '../../src/cli/sign-decision.js';
import { type CatalogueDecision, verifyCatalogueAct } from '../../src/tokens/catalogue-act.js';
import { aKeyPair } from '../support/keys.js';

const FOLDER = 'test/catalogue/deployment';
let folder: string;
let key: string;
let version: string;
const pair = await aKeyPair('administrator-2-1');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'einmal-sign-decision-'));
  key = join(folder, 'key.jwk.json');
  const { kid, alg, key: privateKey } = pair.signing;
  writeFileSync(key, JSON.stringify({ ...(await exportJWK(privateKey)), kid, alg }));
  cpSync('catalogue', folder, { recursive: true, filter: (path) => !path.includes('schema') });
  cpSync(FOLDER, folder, { recursive: true });
  ({ version } = loadCatalogue({ folder }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const decision = (over: Partial<CatalogueDecision> = {}): CatalogueDecision => ({
  act: 'approve',
  request_id: '2f1c7a55-7f0c-4c6e-8f7a-000000000001',
  proposal: { id: '2f1c7a55-7f0c-4c6e-8f7a-000000000002', version, based_on: 3, activate_at: null },
  reason: 'wie besprochen',
  ...over,
});
const sign = (statement: string, catalogue?: string) =>
  signDecision(statement, {
    ...{ as: 'administrator-2', key, node: 'node' },
    ...(catalogue === undefined ? {} : { catalogue }),
  });

describe('an administrator signs where the pages do not reach (design 7: two persons)', () => {
  it('exactly the decision that is shown, for one node, and is told in words what it is', async () => {
    const shown = decision();
    const { says, signature } = await sign(JSON.stringify(shown, undefined, 2));
    expect(says).toContain(`approve version ${version}`);
    expect(says).toContain('wie besprochen');
    const trust = { administrator: 'administrator-2', node: 'node', keys: [pair.verification], nowMs: Date.now() };
    await expect(verifyCatalogueAct(signature, trust, shown)).resolves.toBeUndefined();
    await expect(verifyCatalogueAct(signature, trust, decision({ act: 'reject' }))).rejects.toThrow('BINDING');
  });

  it('only what the files that they have say, where they name them', async () => {
    await expect(sign(JSON.stringify(decision()), folder)).resolves.toBeDefined();
    const { proposal } = decision();
    const other = decision({ proposal: { ...proposal, version: 'A'.repeat(43) } });
    await expect(sign(JSON.stringify(other), folder)).rejects.toThrow('are not the version');
  });

  it.each([
    ['no JSON', 'approve'],
    ['a proposal of their own', JSON.stringify({ act: 'propose', request_id: 'x', content: 'y' })],
    ['a decision about nothing', JSON.stringify({ act: 'approve', request_id: 'x', reason: 'y' })],
    ['a list', '[]'],
  ])('not %s', async (_case, statement) => {
    await expect(sign(statement)).rejects.toThrow('no decision');
  });
});

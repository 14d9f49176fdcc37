import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK } from 'jose';
import { stringify } from 'yaml';
import { AGREEMENT_TYP, agreementBytes, REVOCATION_TYP, revocationBytes } from '../../src/catalogue/agreement.js';
import { isSigned } from '../../src/catalogue/agreement-signature.js';
import type { Agreement } from '../../src/catalogue/catalogue.js';
import { signAgreement } from '../../src/cli/sign-agreement.js';
import { aKeyPair } from '../support/keys.js';

const agreement: Agreement = {
  id: 'one--other',
  consumer: 'one',
  register: 'other',
  node: 'node',
  encryption_keys: [],
  node_keys: [],
  valid_from: '2026-01-01T00:00:00Z',
  valid_until: '2027-01-01T00:00:00Z',
  transfers: [],
  signatures: {},
};
const pair = await aKeyPair('one-agreement', 'Ed25519', 'agreement');

let folder: string;
let options: Readonly<{ file: string; key: string }>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'einmal-sign-'));
  options = { file: join(folder, 'agreements.yaml'), key: join(folder, 'key.json') };
  writeFileSync(options.file, stringify({ agreements: [agreement] }));
  const { kid, alg, key } = pair.signing;
  writeFileSync(options.key, JSON.stringify({ ...(await exportJWK(key)), kid, alg }));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('einmal policy sign', () => {
  it('signs what both sides sign, whatever signatures the file has', async () => {
    const jws = await signAgreement('one--other', options);
    expect(isSigned(agreementBytes(agreement), jws, AGREEMENT_TYP, [pair.published])).toBe(true);
    const signed = { ...agreement, signatures: { consumer: jws } };
    writeFileSync(options.file, stringify({ agreements: [signed] }));
    expect(await signAgreement('one--other', options)).toBe(jws);
  });

  it('signs a revocation, which is no agreement', async () => {
    const at = '2026-06-01T00:00:00Z';
    const jws = await signAgreement('one--other', { ...options, revoke: at });
    expect(isSigned(revocationBytes(agreement, at), jws, REVOCATION_TYP, [pair.published])).toBe(true);
    expect(isSigned(agreementBytes(agreement), jws, AGREEMENT_TYP, [pair.published])).toBe(false);
  });

  it('signs nothing that the file does not have', async () => {
    await expect(signAgreement('another', options)).rejects.toThrow('has no agreement "another"');
  });
});

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import {
  AGREEMENT_TYP,
  agreementBytes,
  agreementFor,
  REVOCATION_TYP,
  revocationBytes,
} from '../../src/catalogue/agreement.js';
import { isSigned } from '../../src/catalogue/agreement-signature.js';
import type { Agreement, ParticipantKeys } from '../../src/catalogue/catalogue.js';
import { CatalogueFault, type Fault } from '../../src/catalogue/catalogue-fault.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { signDetached } from '../../src/tokens/detached-jws.js';
import { aKeyPair, type KeyPair } from '../support/keys.js';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const consumerKey = await aKeyPair('familienkasse-online-agreement', 'Ed25519', 'agreement');
const registerKey = await aKeyPair('personenstand-bremen-agreement', 'ES256', 'agreement');
const strangerKey = await aKeyPair('melderegister-bremen-agreement', 'Ed25519', 'agreement');

const content: Omit<Agreement, 'signatures'> = {
  id: 'familienkasse--personenstand',
  consumer: 'familienkasse-online',
  register: 'personenstand-bremen',
  node: 'node',
  encryption_keys: ['A'.repeat(43)],
  node_keys: ['B'.repeat(43)],
  valid_from: '2026-01-01T00:00:00Z',
  valid_until: '2027-01-01T00:00:00Z',
  transfers: [
    {
      evidence_type: 'geburt',
      purpose: 'kindergeld-antrag',
      legal_basis: 'egovg-5-1-1',
      fields: ['birth_date', 'birth_place', 'child_birth_name', 'child_given_names'],
    },
  ],
};

const folders: string[] = [];
afterEach(() => {
  for (const it of folders.splice(0)) rmSync(it, { recursive: true });
});

/** A deployment with these agreements, and the keys of those who signed them. */
function deployed(...agreements: readonly Agreement[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'agreements-'));
  folders.push(folder);
  cpSync('catalogue', folder, { recursive: true, filter: (path) => !path.includes('schema') });
  cpSync('test/catalogue/deployment', folder, { recursive: true });
  const { keys }: { keys: ParticipantKeys[] } = parse(readFileSync(join(folder, 'keys.yaml'), 'utf8'));
  const signers: Readonly<Record<string, KeyPair>> = {
    'familienkasse-online': consumerKey,
    'personenstand-bremen': registerKey,
    'melderegister-bremen': strangerKey,
  };
  const more = keys.map((it) => {
    const own = signers[it.participant];
    return own === undefined ? it : { ...it, keys: [...it.keys, own.published] };
  });
  writeFileSync(join(folder, 'keys.yaml'), stringify({ keys: more }));
  writeFileSync(join(folder, 'agreements.yaml'), stringify({ agreements }, { aliasDuplicateObjects: false }));
  return folder;
}

/** Signed by both, unless the deviation says otherwise; signatures are over what it becomes. */
async function anAgreement(
  change: Partial<Agreement> = {},
  signedBy = { consumer: consumerKey, register: registerKey },
) {
  const { signatures: _, ...changed } = { ...content, ...change, signatures: {} };
  const bytes = agreementBytes({ ...changed, signatures: {} });
  const signatures = {
    consumer: await signDetached(bytes, AGREEMENT_TYP, signedBy.consumer.signing),
    register: await signDetached(bytes, AGREEMENT_TYP, signedBy.register.signing),
  };
  return { ...changed, signatures };
}

function faultsOf(folder: string, nowMs?: number): readonly Fault[] {
  try {
    loadCatalogue({ folder, ...(nowMs === undefined ? {} : { nowMs }) });
  } catch (error) {
    if (error instanceof CatalogueFault) return error.faults;
    throw error;
  }
  return [];
}

/** The line of agreements.yaml that this begins on. */
function lineOf(folder: string, text: string): number {
  const lines = readFileSync(join(folder, 'agreements.yaml'), 'utf8').split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1;
}

describe('an agreement', () => {
  it('signed by both sides permits what it names, while it is in force', async () => {
    const lookup = new CatalogueLookup(loadCatalogue({ folder: deployed(await anAgreement()) }));
    const transfer = { ...content.transfers[0]!, consumer: content.consumer, provider: content.register };
    expect(agreementFor(lookup, transfer, NOW)).toMatchObject({ agreed: content.transfers[0] });
    const [from, until] = [Date.parse(content.valid_from), Date.parse(content.valid_until)];
    expect(agreementFor(lookup, transfer, from)).not.toBe('none');
    for (const moment of [from - 1, until]) expect(agreementFor(lookup, transfer, moment)).toBe('none');
    for (const other of [{ consumer: 'elterngeld-online' }, { purpose: 'elterngeld-antrag' }, { evidence_type: 'ehe' }])
      expect(agreementFor(lookup, { ...transfer, ...other }, NOW)).toBe('none');
  });

  it('is a part of the version', async () => {
    const versions = [deployed(), deployed(await anAgreement())].map((folder) => loadCatalogue({ folder }).version);
    expect(new Set(versions).size).toBe(2);
  });

  it('that one side has revoked permits nothing', async () => {
    const agreement = await anAgreement();
    const at = '2026-06-01T00:00:00Z';
    const signature = await signDetached(revocationBytes(agreement, at), REVOCATION_TYP, registerKey.signing);
    const revoked = { by: 'register' as const, at, signature };
    const lookup = new CatalogueLookup(loadCatalogue({ folder: deployed({ ...agreement, revoked }) }));
    const transfer = { ...content.transfers[0]!, consumer: content.consumer, provider: content.register };
    expect(agreementFor(lookup, transfer, NOW)).toBe('none');
  });
});

describe('a faulty agreement is named with file and line', () => {
  const wrong = async (agreement: Agreement, message: string, at: string, nowMs?: number) => {
    const folder = deployed(agreement);
    expect(faultsOf(folder, nowMs)).toEqual([{ file: 'agreements.yaml', line: lineOf(folder, at), message }]);
  };

  it('signed by one side', async () => {
    const { signatures, ...agreement } = await anAgreement();
    await wrong(
      { ...agreement, signatures: { consumer: signatures.consumer } },
      'agreement "familienkasse--personenstand" is not signed by its register, "personenstand-bremen"',
      'signatures:',
    );
  });

  it.each([
    ['by somebody else', { consumer: consumerKey, register: strangerKey }, 'personenstand-bremen', 'register: ey'],
    [
      'by the one side for the other',
      { consumer: registerKey, register: registerKey },
      'familienkasse-online',
      'consumer: ey',
    ],
  ])('signed %s', async (_, signedBy, signer, at) => {
    await wrong(
      await anAgreement({}, signedBy),
      `agreement "familienkasse--personenstand" has a wrong signature of "${signer}"`,
      at,
    );
  });

  it('changed after it was signed', async () => {
    const signed = await anAgreement();
    const folder = deployed({ ...signed, valid_until: '2030-01-01T00:00:00Z' });
    expect(faultsOf(folder).map(({ message }) => message)).toEqual([
      'agreement "familienkasse--personenstand" has a wrong signature of "familienkasse-online"',
      'agreement "familienkasse--personenstand" has a wrong signature of "personenstand-bremen"',
    ]);
  });

  it('revoked with a signature over another one', async () => {
    const agreement = await anAgreement();
    const at = '2026-06-01T00:00:00Z';
    const bytes = revocationBytes({ ...agreement, node_keys: [] }, at);
    const signature = await signDetached(bytes, REVOCATION_TYP, consumerKey.signing);
    await wrong(
      { ...agreement, revoked: { by: 'consumer', at, signature } },
      'the revocation of agreement "familienkasse--personenstand" has a wrong signature of "familienkasse-online"',
      'signature: ey',
    );
  });

  it('with unknown parties', async () => {
    const folder = deployed(await anAgreement({ consumer: 'nobody-online', node: 'nowhere' }));
    expect(faultsOf(folder)).toEqual(
      expect.arrayContaining([
        {
          file: 'agreements.yaml',
          line: lineOf(folder, 'nobody-online'),
          message: 'participant "nobody-online" does not exist',
        },
        { file: 'agreements.yaml', line: lineOf(folder, 'nowhere'), message: 'participant "nowhere" does not exist' },
      ]),
    );
  });

  it.each([
    ['with an attribute that the evidence has not', { fields: ['religion'] }, '"geburt" has no attribute "religion"'],
    ['for a purpose that is none', { purpose: 'werbung' }, 'purpose "werbung" does not exist'],
  ])('%s', async (_, change, message) => {
    const folder = deployed(await anAgreement({ transfers: [{ ...content.transfers[0]!, ...change }] }));
    expect(faultsOf(folder).map((it) => it.message)).toContainEqual(message);
  });

  it('that ends before it begins', async () => {
    await wrong(
      await anAgreement({ valid_until: '2025-01-01T00:00:00Z' }),
      'agreement "familienkasse--personenstand" ends before it begins',
      'valid_until',
    );
  });

  it('that has ended, where the catalogue is to come into force; one in force goes on without it', async () => {
    const ended = await anAgreement({ valid_until: '2026-11-01T00:00:00Z' });
    await wrong(ended, 'agreement "familienkasse--personenstand" has ended', 'valid_until', NOW);
    expect(faultsOf(deployed(ended))).toEqual([]);
  });

  it('in force at the same time as another between the same two', async () => {
    const [one, other] = [
      await anAgreement(),
      await anAgreement({ id: 'another', valid_from: '2026-06-01T00:00:00Z' }),
    ];
    const folder = deployed(one, other);
    const message = '"another" is in force at the same time as "familienkasse--personenstand"';
    expect(faultsOf(folder)).toEqual([{ file: 'agreements.yaml', line: lineOf(folder, 'another'), message }]);
    const next = await anAgreement({
      id: 'another',
      valid_from: '2027-01-01T00:00:00Z',
      valid_until: '2028-01-01T00:00:00Z',
    });
    expect(faultsOf(deployed(one, next))).toEqual([]);
  });

  it('narrower than a rule: the rule is', async () => {
    const [transfer] = content.transfers;
    const fields = transfer!.fields.filter((it) => it !== 'birth_place');
    const folder = deployed(await anAgreement({ transfers: [{ ...transfer!, fields }] }));
    const rules = readFileSync(join(folder, 'rules.yaml'), 'utf8').split('\n');
    const [fault, ...others] = faultsOf(folder);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({
      file: 'rules.yaml',
      message: 'rule "kindergeld-geburt" allows "birth_place", which agreement "familienkasse--personenstand" does not',
    });
    expect(rules[(fault?.line ?? 0) - 1]).toContain('birth_place');
  });

  it('narrower than a rule about any evidence: the rule is, in what the agreed evidence has', async () => {
    const folder = deployed(await anAgreement());
    const file = join(folder, 'rules.yaml');
    const rules = readFileSync(file, 'utf8');
    const start = rules.indexOf('  - id: kindergeld-geburt\n');
    const rule = rules
      .slice(start, rules.indexOf('\n\n', start))
      .replace('id: kindergeld-geburt', 'id: kindergeld-any')
      .replace('evidence_type: geburt', 'evidence_type: any')
      .replace(/fields: .*/, 'fields: [birth_place, sex, nationalities]');
    writeFileSync(file, `${rules}\n${rule}\n`);
    const messages = faultsOf(folder).map(({ message }) => message);
    expect(messages.filter((it) => it.includes('which agreement'))).toEqual([
      'rule "kindergeld-any" allows "sex", which agreement "familienkasse--personenstand" does not',
    ]);
  });

  it('and all of it in the one report', async () => {
    const { signatures: _, ...agreement } = await anAgreement({ consumer: 'nobody-online' });
    const folder = deployed({ ...agreement, signatures: {} });
    writeFileSync(join(folder, 'settings.yaml'), 'check_inside_areas: perhaps\n');
    expect(new Set(faultsOf(folder).map(({ file }) => file))).toEqual(new Set(['settings.yaml', 'agreements.yaml']));
    expect(faultsOf(folder).length).toBeGreaterThan(3);
  });
});

describe('a detached signature (RFC 7515 appendix F)', () => {
  const bytes = Buffer.from('{"synthetic":true}');

  test.each(['ES256', 'Ed25519', 'PS256'] as const)('of %s as jose makes it is accepted, and no other', async (alg) => {
    const [key, other] = [await aKeyPair('k', alg, 'agreement'), await aKeyPair('k', alg, 'agreement')];
    const jws = await signDetached(bytes, 'typ', key.signing);
    expect(isSigned(bytes, jws, 'typ', [key.published])).toBe(true);
    expect(isSigned(bytes, jws, 'other', [key.published])).toBe(false);
    expect(isSigned(bytes, jws, 'typ', [other.published])).toBe(false);
    expect(isSigned(bytes, jws, 'typ', [{ ...key.published, kid: 'l' }])).toBe(false);
    expect(isSigned(Buffer.from('{}'), jws, 'typ', [key.published])).toBe(false);
    expect(isSigned(bytes, jws, 'typ', [])).toBe(false);
  });

  test.each([
    ['with a member that is not known', { crit: ['b64'], b64: false }],
    ['without an algorithm', { alg: 'none' }],
    ['with another algorithm than that of the key', { alg: 'PS256' }],
  ])('%s is refused', async (_, change) => {
    const key = await aKeyPair('k', 'ES256', 'agreement');
    const [, signature = ''] = (await signDetached(bytes, 'typ', key.signing)).split('..');
    const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid: 'k', typ: 'typ', ...change })).toString('base64url');
    expect(isSigned(bytes, `${header}..${signature}`, 'typ', [key.published])).toBe(false);
  });
});

import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import { CatalogueFault, type Fault } from '../../src/catalogue/catalogue-fault.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';

const FOLDER = 'catalogue';
const DEPLOYMENT = 'test/catalogue/deployment';
const copies: string[] = [];

/** A copy of the catalogue in one folder, to be spoiled. */
function aCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
  copies.push(folder);
  cpSync(FOLDER, folder, { recursive: true, filter: (path) => !path.includes('schema') });
  cpSync(DEPLOYMENT, folder, { recursive: true });
  return folder;
}

/** Replaces the first occurrence and returns the line it is on. */
function spoil(folder: string, file: string, from: string, to: string): number {
  const text = readFileSync(join(folder, file), 'utf8');
  const at = text.indexOf(from);
  if (at < 0) throw new Error(`${file} has no "${from}"`);
  writeFileSync(
    join(folder, file),
    text.replace(from, () => to),
  );
  return text.slice(0, at).split('\n').length;
}

/** States the hash that the purpose has now. */
function restate(folder: string, id: string): void {
  const mismatch = new RegExp(`"${id}" has the hash (\\S+),`);
  const hash = faultsOf(folder).flatMap(({ message }) => mismatch.exec(message)?.[1] ?? [])[0];
  if (hash === undefined) throw new Error(`"${id}" has the hash that it states`);
  const path = join(folder, 'purposes.yaml');
  const text = readFileSync(path, 'utf8');
  const from = text.indexOf(`id: ${id}`);
  writeFileSync(path, text.slice(0, from) + text.slice(from).replace(/hash: \S+/, `hash: ${hash}`));
}

function faultsOf(folder: string, maxBytes?: number): readonly Fault[] {
  try {
    loadCatalogue({ folder, ...(maxBytes === undefined ? {} : { maxBytes }) });
  } catch (error) {
    if (error instanceof CatalogueFault) return error.faults;
    throw error;
  }
  return [];
}

afterEach(() => {
  for (const folder of copies.splice(0)) rmSync(folder, { recursive: true });
});

describe('the catalogue of this repository', () => {
  const catalogue = loadCatalogue({ folder: FOLDER, deployment: DEPLOYMENT });

  test('loads together with the keys and endpoints of a deployment', () => {
    expect(catalogue.services.map(({ id, leika }) => [id, leika])).toEqual([
      ['kindergeld', '99041008017000'],
      ['elterngeld', '99041006017000'],
      ['geburtsurkunde', '99027002012000'],
      ['bafoeg', '99022001017003'],
      ['wohnsitzanmeldung', '99115005104000'],
      ['gewerbeanmeldung', '99050012104000'],
      ['kfz-zulassung', '99036020001000'],
      ['datenauskunft', undefined],
      ['entscheidung', undefined],
      ['datenschutzkontrolle', undefined],
    ]);
    expect(catalogue.keys).toHaveLength(9);
  });

  test('has at least six areas, none of them claimed to be official (IDNrG § 7 Abs. 2, § 12 Abs. 1)', () => {
    expect(catalogue.areas.length).toBeGreaterThanOrEqual(6);
    expect(catalogue.areas.filter(({ verified }) => verified)).toEqual([]);
  });

  test('is frozen to its leaves', () => {
    expect(() => Object.assign(catalogue.rules[0]?.fields ?? [], { 0: 'sex' })).toThrow(TypeError);
  });

  test('states of every purpose the hash of its content, which a decision binds (RFC 8785)', () => {
    for (const { hash, ...content } of catalogue.purposes) {
      const digest = createHash('sha256').update(canonicalize(content) ?? '');
      expect([content.id, digest.digest('base64url')]).toEqual([content.id, hash]);
    }
    expect(new Set(catalogue.purposes.map(({ hash }) => hash)).size).toBe(catalogue.purposes.length);
  });
});

describe('the version of a catalogue', () => {
  const versionOf = (folder: string) => loadCatalogue({ folder }).version;

  test('is the same for the same content, whatever its layout (RFC 8785)', () => {
    const folder = aCopy();
    spoil(
      folder,
      'areas.yaml',
      'title: { de: Inneres, en: Interior }',
      'title: { en: "Interior", de: "Inneres" } # turned round',
    );
    expect(versionOf(folder)).toBe(versionOf(aCopy()));
  });

  test('changes with a rule, a purpose or a key, but not with an address', () => {
    const [rule, purpose, key, endpoint] = [aCopy(), aCopy(), aCopy(), aCopy()];
    spoil(rule, 'rules.yaml', 'min_assurance: substantial', 'min_assurance: high');
    spoil(purpose, 'purposes.yaml', 'version: 2', 'version: 3');
    restate(purpose, 'kindergeld-antrag');
    spoil(key, 'keys.yaml', 'kid: node-trigger-1', 'kid: node-trigger-2');
    spoil(endpoint, 'endpoints.yaml', 'localhost:50051', 'localhost:60051');
    const versions = [rule, purpose, key].map(versionOf);
    expect(new Set([...versions, versionOf(aCopy())]).size).toBe(4);
    expect(versionOf(endpoint)).toBe(versionOf(aCopy()));
  });
});

describe('a faulty catalogue', () => {
  test.each([
    [
      'rules.yaml',
      'consumer: familienkasse-online',
      'consumer: familienkase-online',
      'consumer "familienkase-online" does not exist',
    ],
    ['rules.yaml', 'consumer: familienkasse-online', 'consumer: node', '"node" asks for nothing'],
    [
      'rules.yaml',
      'provider: type:melderegister',
      'provider: type:meldeamt',
      'register type "meldeamt" does not exist',
    ],
    [
      'rules.yaml',
      'provider: type:melderegister',
      'provider: melderegister-kiel',
      'register "melderegister-kiel" does not exist',
    ],
    ['rules.yaml', 'purpose: kindergeld-antrag', 'purpose: werbung', 'purpose "werbung" does not exist'],
    ['rules.yaml', 'legal_basis: egovg-5-1-1', 'legal_basis: egovg-5', 'legal basis "egovg-5" does not exist'],
    [
      'rules.yaml',
      'fields: [idnr, birth_date]',
      'fields: [idnr, religion]',
      'rule "kindergeld-identity" names "religion", which "identity" has',
    ],
    [
      'rules.yaml',
      '- parent_2_given_names',
      '- parent_3_given_names',
      'rule "elterngeld-geburt" names "parent_3_given_names", which "geburt" has',
    ],
    ['rules.yaml', 'effect: allow', 'effect: maybe', '/rules/0/effect must be one of: allow, deny'],
    [
      'rules.yaml',
      'min_assurance: substantial',
      'min_asurance: substantial',
      '/rules/0 has an unknown member "min_asurance"',
    ],
    ['rules.yaml', 'effect: deny', 'effect: allow', "/rules/12 must have required property 'attested_by'"],
    [
      'rules.yaml',
      'min_assurance: substantial',
      'min_assurance: substantial\n    limits: { requests: { max: 0, per: hour } }',
      '/rules/0/limits/requests/max must be >= 1',
    ],
    [
      'rules.yaml',
      'min_assurance: substantial',
      'min_assurance: substantial\n    limits: { use_days: 30, persons: { max: 5, per: year } }',
      '/rules/0/limits/persons/per must be one of: minute, hour, day',
    ],
    [
      'rules.yaml',
      '    fields: [company_name, register_number, legal_form, seat, business_address, managing_persons]',
      '    fields: [company_name, register_number]\n    limits: { persons: { max: 5, per: day } }',
      '"handelsregister-auszug" is about companies, which are no persons: limit the requests',
    ],
    [
      'rules.yaml',
      '    fields: [birth_time, sex]',
      '    fields: [birth_time, sex]\n    limits: { use_days: 1 }',
      '/rules/12/limits is not allowed here',
    ],
    ['participants.yaml', 'area: arbeit-soziales', 'area: soziales', 'area "soziales" does not exist'],
    [
      'participants.yaml',
      'id: elterngeld-online',
      'id: familienkasse-online',
      'participants has "familienkasse-online" twice',
    ],
    [
      'registers.yaml',
      'evidence_types: [geburt]',
      'evidence_types: [geburt, meldedaten]',
      '"meldedaten" comes from registers of type "melderegister", not "personenstandsregister"',
    ],
    [
      'registers.yaml',
      'competence: [""]',
      'competence: ["04"]',
      '"kindergeld-bezug" is routed without a region: its register must be competent everywhere',
    ],
    [
      'registers.yaml',
      '["01", "02", "04", "15"]',
      '["01", "02", "04", Bremen]',
      '/registers/0/competence/3 must match pattern "^[0-9]{0,12}$"',
    ],
    [
      'evidence-types.yaml',
      'digest_count: 24',
      'digest_count: 15',
      '"meldedaten" has more attributes than digests: absence would leave a trace',
    ],
    ['evidence-types.yaml', '- id: doctorate', '- id: given_names', '"meldedaten" has attribute "given_names" twice'],
    [
      'services.yaml',
      'represented_by: parent',
      'represented_by: guardian',
      '"kindergeld" has no other role "guardian"',
    ],
    [
      'services.yaml',
      'from: { evidence_type: meldedaten, attribute: family_name }',
      'from: { evidence_type: meldedaten, attribute: sex }',
      '"kindergeld" does not need "meldedaten.sex" of "parent"',
    ],
    ['services.yaml', 'path: day', 'path: hour', '"birth_date" has no part "hour"'],
    [
      'services.yaml',
      'fields: [employer_name, period_from, period_to, gross_pay]',
      'fields: [employer_name, gross_pay, church_tax]',
      '"entgelt" has no attribute "church_tax"',
    ],
    ['services.yaml', 'leika: "99041008017000"', 'leika: 99041008017000', '/services/0/leika must be string'],
    ['keys.yaml', 'alg: ECDH-ES', 'alg: ES256', '/keys/0/keys/2/alg must be "ECDH-ES"'],
    [
      'keys.yaml',
      '          kty: EC',
      '          d: c2VjcmV0\n          kty: EC',
      '/keys/0/keys/0/jwk has a member "d" of a private key',
    ],
    [
      'keys.yaml',
      'alg: ES256',
      'alg: Ed25519',
      'key "familienkasse-online-client-assertion-1" is not a key for Ed25519',
    ],
    ['keys.yaml', 'decryption_by: node', 'decryption_by: intermediary', '"intermediary" is not a node'],
    ['administrators.yaml', 'alg: ES256', 'alg: Ed25519', 'key "administrator-1-1" is not a key for Ed25519'],
    [
      'administrators.yaml',
      'kid: administrator-2-1',
      'kid: administrator-1-1',
      'key "administrator-1-1" of "administrator-2" is already one of "administrator-1"',
    ],
    ['administrators.yaml', 'id: administrator-2', 'id: administrator-1', 'administrators has "administrator-1" twice'],
    ['retention.yaml', 'months: 24', 'months: 0', '/retention/0/months must be >= 1'],
    ['endpoints.yaml', 'participant: node', 'participant: intermediary', '"intermediary" has two endpoints'],
    ['keys.yaml', 'alg: Ed25519', 'alg: ES256', 'must be "Ed25519"'],
    ['keys.yaml', 'use: witness', 'use: log', '"melderegister-bremen" is not a node'],
    ['keys.yaml', 'kid: log.test.example/node', 'kid: log test', '"log test" is no name of a log'],
    [
      'keys.yaml',
      'Xvdhs9l4ixzHdXtpt09WKW0c3PHz0rTxXbidKJjI1E0',
      'short',
      'key "witness.test.example/personenstand-bremen" is malformed',
    ],
    [
      'keys.yaml',
      'Xvdhs9l4ixzHdXtpt09WKW0c3PHz0rTxXbidKJjI1E0',
      'JdiwOVdN27SdyiX-8YO1Qt-_PUPoik4DMKAoBFSgFBE',
      'key of "personenstand-bremen" is already',
    ],
    [
      'endpoints.yaml',
      'participant: intermediary, ',
      'participant: intermediary, witness_address: "localhost:50065", ',
      '"intermediary" has no key to co-sign with',
    ],
    ['settings.yaml', 'check_inside_areas: true', 'check_inside_areas: "true"', '/check_inside_areas must be boolean'],
    ['areas.yaml', '- id: justiz', '- id: justiz\n    id: gericht', 'Map keys must be unique'],
    ['purposes.yaml', 'hash: ', 'hash: A', '/purposes/0/hash must match pattern'],
    [
      'purposes.yaml',
      '        - nationalities\n',
      '        - nationality\n',
      '"meldedaten" has no attribute "nationality"',
    ],
    ['purposes.yaml', '      geburt: [', '      geburten: [', 'evidence type "geburten" does not exist'],
    [
      'legal-bases.yaml',
      '        - parent_2_given_names',
      '        - parent_2_first_names',
      '"geburt" has no attribute "parent_2_first_names"',
    ],
    [
      'rules.yaml',
      'fields: [child_birth_name, child_given_names, birth_date, birth_place]',
      'fields: [child_birth_name, child_given_names, parent_1_given_names, birth_place]',
      'purpose "kindergeld-antrag" does not need "geburt.parent_1_given_names"',
    ],
    [
      'services.yaml',
      'fields: [child_birth_name, child_given_names, birth_date, birth_place]',
      'fields: [child_birth_name, child_given_names, birth_date, birth_place, sex]',
      'purpose "kindergeld-antrag" does not need "geburt.sex"',
    ],
    [
      'evidence-types.yaml',
      'vct: urn:einmal:evidence:geburt:1',
      'vct: urn:einmal:evidence:meldedaten:1',
      'two evidence types have the version "urn:einmal:evidence:meldedaten:1"',
    ],
    ['bundles.yaml', 'geburtsurkunde, ', 'sterbeurkunde, ', 'service "sterbeurkunde" does not exist'],
    ['recipients.yaml', '[field_13, ', '[field_34, ', '"gewerbeanzeige-anmeldung" has no attribute "field_34"'],
    ['recipients.yaml', '[ihk-bremen]', '[ihk-kiel]', 'participant "ihk-kiel" does not exist'],
    ['recipients.yaml', '- id: hwk', '- id: ihk', '"gewanzv-3-anmeldung" has recipient "ihk" twice'],
    [
      'recipients.yaml',
      '        participants: []',
      '        participants: [ihk-bremen]',
      '"ihk-bremen" is recipient "ihk" and "hwk" of "gewanzv-3-anmeldung"',
    ],
    [
      'recipients.yaml',
      'evidence_type: gewerbeanzeige-ummeldung',
      'evidence_type: gewerbeanzeige-anmeldung',
      '"gewerbeanzeige-anmeldung" has two matrices',
    ],
    [
      'recipients.yaml',
      '        all_but: [field_13, field_27, field_29, field_30, field_31, field_33]\n',
      '',
      '/recipient_matrices/0/recipients/0 must match exactly one schema in oneOf',
    ],
    ['services.yaml', 'attribute: sex }', 'attribute: sex, each: true }', '"sex" is not a list of objects'],
  ])('in %s: %s → %s is named with its line', (file, from, to, message) => {
    const folder = aCopy();
    const line = spoil(folder, file, from, to);
    const faults = faultsOf(folder);
    expect(faults.map((it) => it.message)).toContainEqual(expect.stringContaining(message));
    const fault = faults.find((it) => it.message.includes(message));
    expect(fault?.file).toBe(file);
    // A duplicate key is on the line after; a missing member is reported where its entry begins.
    const tolerance = /unique|\/limits|limit the requests/.test(message)
      ? 1
      : message.includes('required')
        ? -1
        : message.includes('oneOf')
          ? -5
          : 0;
    expect(fault?.line).toBe(line + tolerance);
  });

  test('names a key that two administrators have: one person would be two', () => {
    const folder = aCopy();
    const text = readFileSync(join(folder, 'administrators.yaml'), 'utf8');
    const [first = '', second = ''] = [...text.matchAll(/x: .*\n +y: .*/g)].map(([found]) => found);
    const line = spoil(folder, 'administrators.yaml', second, first);
    expect(faultsOf(folder)).toEqual([
      {
        file: 'administrators.yaml',
        line: line - 5,
        message: 'key "administrator-2-1" of "administrator-2" is already one of "administrator-1"',
      },
    ]);
  });

  test.each([1, 23, 25, 120])(
    'refuses a term of %i months without the norm that says so (IDNrG § 9 Abs. 3)',
    (months) => {
      const folder = aCopy();
      spoil(folder, 'retention.yaml', '    norm: IDNrG § 9 Abs. 3\n', '');
      expect(faultsOf(folder)).toEqual([]);
      const line = spoil(folder, 'retention.yaml', 'months: 24', `months: ${months}`);
      expect(faultsOf(folder)).toEqual([
        { file: 'retention.yaml', line: line - 1, message: "/retention/0 must have required property 'norm'" },
      ]);
      spoil(folder, 'retention.yaml', `months: ${months}`, `months: ${months}\n    norm: Statute § 1`);
      expect(loadCatalogue({ folder }).retention).toMatchObject([{ id: 'standard', months }]);
    },
  );

  test('names a competence that two registers claim: the route would be a guess', () => {
    const folder = aCopy();
    const line = spoil(
      folder,
      'registers.yaml',
      '    competence: ["01", "02", "04", "15"]\n    evidence_types: [geburt]',
      '    competence: ["01", "02", "04", "15"]\n    evidence_types: [geburt]\n    source: x\n    verified: false\n  - id: zweites\n    participant: personenstand-bremen\n    type: personenstandsregister\n    competence: [\'0401\', \'04\']\n    evidence_types: [geburt]',
    );
    expect(faultsOf(folder)).toEqual([
      {
        file: 'registers.yaml',
        line: line + 7,
        message: '"zweites" and "personenstand-bremen" are both competent for "geburt" in "04"',
      },
    ]);
  });

  test.each([
    ['{ ars: "04", valid_until: 2011-10-31 }', '{ ars: "04", valid_from: 2011-11-01 }', undefined],
    [
      '{ ars: "04", valid_until: 2011-11-01 }',
      '{ ars: "04", valid_from: 2011-11-01 }',
      '"zweites" and "personenstand-bremen" are both competent for "geburt" in "04", from 2011-11-01 until 2011-11-01',
    ],
    [
      '"04"',
      '{ ars: "04", valid_from: 2011-11-01 }',
      '"zweites" and "personenstand-bremen" are both competent for "geburt" in "04", from 2011-11-01',
    ],
    [
      '"04"',
      '"01", { ars: "01", valid_until: 2011-11-01 }',
      '"zweites" is competent for "geburt" in "01" twice, until 2011-11-01',
    ],
    ['"04"', '{ ars: "01", valid_until: 2011-02-29 }', '"2011-02-29" is no day of the calendar'],
    ['"04"', '{ ars: "01", valid_from: 2012-01-01, valid_until: 2011-12-31 }', '"01" ends before it begins'],
    ['"04"', '{ register_number: "04011" }', '"geburt" is found by another parameter than the keys of "zweites": ars'],
    [
      '"04"',
      '{ ars: "01", register_number: "04011" }',
      '/registers/2/competence/0 must match exactly one schema in oneOf',
    ],
    [
      '"04"',
      '{ ars: "01", valid_from: yesterday }',
      '/registers/2/competence/0/valid_from must match pattern "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"',
    ],
  ])('knows the days of a key: %s, then %s', (one, other, message) => {
    const folder = aCopy();
    const line = spoil(
      folder,
      'registers.yaml',
      '    competence: ["01", "02", "04", "15"]\n    evidence_types: [geburt]',
      `    competence: [${one}]\n    evidence_types: [geburt]\n    source: x\n    verified: false\n  - id: zweites\n    participant: personenstand-bremen\n    type: personenstandsregister\n    competence: [${other}]\n    evidence_types: [geburt]`,
    );
    const of = message?.includes('another parameter') ? line + 8 : line + 7;
    expect(message === undefined ? loadCatalogue({ folder }).registers.length > 0 : faultsOf(folder)).toEqual(
      message === undefined || [{ file: 'registers.yaml', line: of, message }],
    );
  });

  test('names an area that is a part of itself, over however many steps', () => {
    const folder = aCopy();
    const areas = ['id: inneres', 'id: justiz', 'id: verkehr'];
    const lines = areas.map((id, i) =>
      spoil(folder, 'areas.yaml', `${id}\n`, `${id}\n    part_of: ${areas[(i + 1) % 3]?.slice(4)}\n`),
    );
    expect(faultsOf(folder)).toEqual([
      ...areas.map((id, i) => ({
        file: 'areas.yaml',
        line: (lines[i] ?? 0) + 1,
        message: `area "${id.slice(4)}" is a part of itself`,
      })),
      expect.objectContaining({ message: expect.stringContaining('at least 6 areas that are part of no other') }),
    ]);
  });

  test('counts the areas that are part of no other (IDNrG § 7 Abs. 2)', () => {
    const folder = aCopy();
    for (const id of ['justiz', 'gesundheit', 'statistik'])
      spoil(folder, 'areas.yaml', `id: ${id}\n`, `id: ${id}\n    part_of: inneres\n`);
    expect(faultsOf(folder).map(({ message }) => message)).toEqual([
      'the law wants at least 6 areas that are part of no other (IDNrG § 7 Abs. 2), not 5',
    ]);
  });

  test('names a purpose that was changed and kept its hash, with the hash that it has now', () => {
    const folder = aCopy();
    spoil(folder, 'purposes.yaml', 'Bearbeitung eines Antrags auf Kindergeld', 'Werbung');
    const [fault, ...others] = faultsOf(folder);
    expect(others).toEqual([]);
    const text = readFileSync(join(folder, 'purposes.yaml'), 'utf8').split('\n');
    expect(text[(fault?.line ?? 0) - 1]).toContain('hash: ');
    expect(fault?.message).toMatch(/^the content of "kindergeld-antrag" has the hash [\w-]{43}, not the one stated/);
    restate(folder, 'kindergeld-antrag');
    expect(faultsOf(folder)).toEqual([]);
  });

  test('names a purpose whose records would be kept by no class, and a class without the norm that it rests on', () => {
    const folder = aCopy();
    const line = spoil(folder, 'purposes.yaml', '    norm: EStG § 67\n', '    norm: EStG § 67\n    retention: lang\n');
    restate(folder, 'kindergeld-antrag');
    expect(faultsOf(folder)).toEqual([
      { file: 'purposes.yaml', line: line + 1, message: 'retention class "lang" does not exist' },
    ]);
    const from = 'retention:\n';
    const entry = (norm: string) => `${from}  - { id: lang, months: 36${norm}, source: test, verified: false }\n`;
    const at = spoil(folder, 'retention.yaml', from, entry(''));
    expect(faultsOf(folder)).toEqual([
      { file: 'retention.yaml', line: at + 1, message: expect.stringContaining("must have required property 'norm'") },
    ]);
    spoil(folder, 'retention.yaml', entry(''), entry(', norm: Statute § 1'));
    expect(faultsOf(folder)).toEqual([]);
  });

  test('names two versions of one purpose: a decision could mean either (GDPR Art. 5 (1) b)', () => {
    const folder = aCopy();
    const text = readFileSync(join(folder, 'purposes.yaml'), 'utf8');
    const [first = ''] = / {2}- id: kindergeld-antrag[\s\S]*?(?= {2}- id: )/.exec(text) ?? [];
    writeFileSync(join(folder, 'purposes.yaml'), text + first.replace('version: 2', 'version: 3'));
    expect(faultsOf(folder).map(({ message }) => message)).toEqual([
      'purposes has "kindergeld-antrag" twice',
      '"kindergeld-antrag" is in force in versions 2 and 3 at once: decisions could mean either',
      expect.stringContaining('the content of "kindergeld-antrag" has the hash'),
    ]);
  });

  const kindergeldGeburt = `consumer: familienkasse-online
    provider: type:personenstandsregister
    evidence_type: geburt
    purpose: kindergeld-antrag
    legal_basis: egovg-5-1-1
    source: test
    verified: false`;
  test.each([
    [
      'a deny that takes a whole allow back',
      `effect: deny\n    ${kindergeldGeburt.replace('type:personenstandsregister', 'any')}`,
      'rule "kindergeld-geburt" never applies: deny "added" takes all of it back',
    ],
    [
      'a deny that always takes a field back',
      `effect: deny\n    fields: [birth_place]\n    ${kindergeldGeburt.replace('kindergeld-antrag', 'any')}`,
      'rule "kindergeld-geburt" allows "birth_place", which deny "added" always takes back',
    ],
    [
      'an allow for the same that nobody can attest to',
      `effect: allow\n    fields: [birth_date]\n    attested_by: [authority]\n    min_assurance: low\n    ${kindergeldGeburt}`,
      'rules "kindergeld-geburt" and "added" allow the same, and nobody can attest for both',
    ],
  ])('names rules that contradict each other: %s', (_, rule, message) => {
    const folder = aCopy();
    const path = join(folder, 'rules.yaml');
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n  - id: added\n    ${rule}\n`);
    expect(faultsOf(folder).map((it) => it.message)).toEqual([message]);
    expect(faultsOf(folder)[0]?.line).toBeGreaterThan(1);
  });

  test('takes a deny that only narrows an allow', () => {
    const folder = aCopy();
    const path = join(folder, 'rules.yaml');
    const deny = `effect: deny\n    ${kindergeldGeburt.replace('type:personenstandsregister', 'personenstand-bremen')}`;
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n  - id: added\n    ${deny}\n`);
    expect(faultsOf(folder)).toEqual([]);
  });

  test('is refused where a rule names somebody who receives nothing', () => {
    const folder = aCopy();
    spoil(folder, 'participants.yaml', 'kind: authority', 'kind: register');
    expect(new Set(faultsOf(folder).map(({ message }) => message))).toEqual(new Set(['"ihk-bremen" asks for nothing']));
  });

  test('leaves the catalogue that was loaded before as it was', () => {
    const folder = aCopy();
    const running = loadCatalogue({ folder });
    const { version } = running;
    spoil(folder, 'rules.yaml', 'purpose: kindergeld-antrag', 'purpose: werbung');
    expect(() => loadCatalogue({ folder })).toThrow(CatalogueFault);
    expect(running).toMatchObject({
      version,
      rules: expect.arrayContaining([expect.objectContaining({ purpose: 'kindergeld-antrag' })]),
    });
  });

  test('tells every fault of every file at once', () => {
    const folder = aCopy();
    spoil(folder, 'rules.yaml', 'consumer: familienkasse-online', 'consumer: nobody');
    spoil(folder, 'services.yaml', 'purpose: kindergeld-antrag', 'purpose: nothing');
    spoil(folder, 'settings.yaml', 'check_inside_areas', 'check_within_areas');
    rmSync(join(folder, 'endpoints.yaml'));
    expect(faultsOf(folder).map(({ file, line, message }) => `${file}:${line}: ${message}`)).toEqual([
      "settings.yaml:5: the file must have required property 'check_inside_areas'",
      'settings.yaml:5: the file has an unknown member "check_within_areas"',
      'endpoints.yaml:0: is missing',
      'rules.yaml:8: consumer "nobody" does not exist',
      'services.yaml:11: purpose "nothing" does not exist',
    ]);
  });

  test('does not breed a fault at everything that refers to a broken file', () => {
    const folder = aCopy();
    writeFileSync(join(folder, 'participants.yaml'), 'participants: [');
    expect(new Set(faultsOf(folder).map(({ file }) => file))).toEqual(new Set(['participants.yaml']));
  });

  test('is refused before it is parsed when a file is too large', () => {
    expect(faultsOf(aCopy(), 4096)).toContainEqual({
      file: 'rules.yaml',
      line: 0,
      message: 'is larger than 4096 bytes',
    });
  });

  test('does not blow up on aliases that multiply ("billion laughs")', () => {
    const folder = aCopy();
    const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`);
    writeFileSync(join(folder, 'areas.yaml'), ['l0: &l0 [x]', ...levels].join('\n'));
    expect(faultsOf(folder)).toContainEqual({
      file: 'areas.yaml',
      line: 2,
      message: 'has aliases that multiply',
    });
  });

  test('is refused with a tag that asks the parser for more than plain data', () => {
    const folder = aCopy();
    const line = spoil(folder, 'settings.yaml', 'check_inside_areas: true', 'check_inside_areas: !!js/function "x"');
    expect(faultsOf(folder)).toContainEqual(expect.objectContaining({ file: 'settings.yaml', line }));
  });
});

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
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
    ]);
    expect(catalogue.keys).toHaveLength(8);
  });

  test('has at least six areas, none of them claimed to be official (IDNrG § 7 Abs. 2, § 12 Abs. 1)', () => {
    expect(catalogue.areas.length).toBeGreaterThanOrEqual(6);
    expect(catalogue.areas.filter(({ verified }) => verified)).toEqual([]);
  });

  test('lets Elterngeld have exactly the closed list of the birth entry (BEEG § 25)', () => {
    const rule = catalogue.rules.find(({ id }) => id === 'elterngeld-geburt');
    expect(rule?.fields.toSorted()).toEqual([
      'birth_date',
      'birth_place',
      'child_birth_name',
      'child_given_names',
      'parent_1_birth_name',
      'parent_1_family_name',
      'parent_1_given_names',
      'parent_2_birth_name',
      'parent_2_family_name',
      'parent_2_given_names',
    ]);
  });

  test('is frozen to its leaves', () => {
    expect(() => Object.assign(catalogue.rules[0]?.fields ?? [], { 0: 'sex' })).toThrow(TypeError);
  });

  test('gives every purpose the hash that a decision binds', () => {
    expect(catalogue.purposes.map(({ hash }) => hash)).toEqual([
      expect.stringMatching(/^[\w-]{43}$/),
      expect.stringMatching(/^[\w-]{43}$/),
      expect.stringMatching(/^[\w-]{43}$/),
    ]);
    expect(new Set(catalogue.purposes.map(({ hash }) => hash)).size).toBe(3);
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
    spoil(rule, 'rules.yaml', '[family_name', '[doctorate, family_name');
    spoil(purpose, 'purposes.yaml', 'version: 1', 'version: 2');
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
    ['rules.yaml', 'effect: deny', 'effect: allow', "/rules/9 must have required property 'attested_by'"],
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
      '    fields: [birth_time, sex]',
      '    fields: [birth_time, sex]\n    limits: { use_days: 1 }',
      '/rules/9/limits is not allowed here',
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
    ['endpoints.yaml', 'participant: node', 'participant: intermediary', '"intermediary" has two endpoints'],
    ['settings.yaml', 'check_inside_areas: true', 'check_inside_areas: "true"', '/check_inside_areas must be boolean'],
    ['areas.yaml', '- id: justiz', '- id: justiz\n    id: gericht', 'Map keys must be unique'],
  ])('in %s: %s → %s is named with its line', (file, from, to, message) => {
    const folder = aCopy();
    const line = spoil(folder, file, from, to);
    const faults = faultsOf(folder);
    expect(faults.map((it) => it.message)).toContainEqual(expect.stringContaining(message));
    const fault = faults.find((it) => it.message.includes(message));
    expect(fault?.file).toBe(file);
    // A duplicate key is on the line after; a missing member is reported where its entry begins.
    const tolerance =
      message.includes('unique') || message.includes('/limits') ? 1 : message.includes('required') ? -1 : 0;
    expect(fault?.line).toBe(line + tolerance);
  });

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
      'services.yaml:10: purpose "nothing" does not exist',
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
      line: 0,
      message: 'has aliases that multiply',
    });
  });

  test('is refused with a tag that asks the parser for more than plain data', () => {
    const folder = aCopy();
    const line = spoil(folder, 'settings.yaml', 'check_inside_areas: true', 'check_inside_areas: !!js/function "x"');
    expect(faultsOf(folder)).toContainEqual(expect.objectContaining({ file: 'settings.yaml', line }));
  });
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { ConfigFault } from '../../src/platform/config.js';
import { agreedRegister } from '../../src/register-edge/register-agreement.js';
import { isTables, type RegisterConfig, readRegisterConfig } from '../../src/register-edge/register-config.js';

const DEMO = 'src/demo/registers/config';

const faultsOf = (run: () => unknown): readonly string[] => {
  try {
    run();
    return [];
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
};

describe('the configuration by which a register joins', () => {
  const lookup = new CatalogueLookup(loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' }));
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'register-config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (yaml: string): readonly string[] => {
    writeFileSync(join(folder, 'a.yaml'), yaml);
    return faultsOf(() => readRegisterConfig(join(folder, 'a.yaml')));
  };

  it.each(readdirSync(DEMO))('%s of the demo is what the catalogue agrees with', (file) => {
    const config = readRegisterConfig(join(DEMO, file));
    expect(`${agreedRegister(config, lookup, config.register).id}.yaml`).toBe(file);
  });

  it('reports all faults at once', () => {
    const faults = read(`
register: Melderegister
simulator: maybe
data_source: { url_env: DATA_URL, password: geheim }
evidence:
  meldedaten:
    view: "nachweis.meldedaten; drop table x"
    person: { idnr: idnr, birth_date: birth_date }
    as_of: as_of
    attributes: { family_name: 'name"' }
`);
    expect(faults.map((it) => it.replace(/ must match pattern.*/, ' pattern')).toSorted()).toEqual([
      'a.yaml: /data_source has an unknown member "password"',
      'a.yaml: /evidence/meldedaten/attributes/family_name pattern',
      "a.yaml: /evidence/meldedaten/person must have required property 'blocked'",
      'a.yaml: /evidence/meldedaten/view pattern',
      'a.yaml: /register pattern',
      'a.yaml: /simulator must be boolean',
    ]);
  });

  it('serves evidence or lookups, never both and never neither', () => {
    expect(read('register: a\nsimulator: true\ndata_source: { url_env: A }\n')).not.toEqual([]);
  });

  const evidence = (view: string, person = '{ idnr: a, birth_date: b, blocked: c }', more = '') =>
    `evidence: { x: { view: ${view}, person: ${person}, as_of: d, attributes: { name: e }${more} } }`;
  const joining = (source: string, mapping: string) =>
    `register: a\nsimulator: true\ndata_source: ${source}\n${mapping}\n`;
  const SQLITE = '{ kind: sqlite, url_env: A }';
  const FILES = '{ kind: files, url_env: A }';

  it.each([
    ['postgres', '{ kind: postgres, url_env: A }', evidence('s.v')],
    ['sqlite', SQLITE, evidence('v')],
    ['mysql', '{ kind: mysql, url_env: A, statement_timeout_ms: 100 }', evidence('s.v')],
    ['files', `{ kind: files, url_env: A, delimiter: ';' }`, evidence('Auszug-1.csv')],
  ])('names what is read of a source of kind %s', (_kind, source, mapping) => {
    expect(read(joining(source, mapping))).toEqual([]);
  });

  it.each([
    ['no such kind', '{ kind: oracle, url_env: A }', evidence('s.v'), '/data_source/kind must be one of postgres'],
    ['a view without schema', '{ url_env: A }', evidence('v'), '/evidence/x/view must match'],
    ['a file outside of the folder', FILES, evidence('../a.csv'), '/evidence/x/view must match'],
    ['a file of another kind', FILES, evidence('a.xlsx'), '/evidence/x/view must match'],
    ['a key of its own and the number', SQLITE, evidence('v', '{ local_key: a, idnr: b, blocked: c }'), 'person/idnr'],
    ['a key of its own and nobody whose it is', SQLITE, evidence('v', '{ local_key: a, blocked: c }'), 'no persons'],
    ['codes of no attribute', SQLITE, evidence('v', undefined, ', code_lists: { other: { A: b } }'), 'of no attribute'],
    ['a directory that is not on PostgreSQL', SQLITE, 'directory: {}', 'unknown member "directory"'],
  ])('is refused with %s', (_what, source, mapping, fault) => {
    expect(read(joining(source, mapping)).join('\n')).toContain(fault);
  });

  it('has no place for a person in the path of an interface (GDPR Art. 5 (1) f)', () => {
    const mapping = (path: string) => `evidence:
  x:
    path: ${path}
    request: { idnr: /idnr, birth_date: /born }
    records: ''
    person: { idnr: /idnr, birth_date: /born, blocked: /blocked }
    as_of: /as_of
    attributes: { name: /name }`;
    expect(read(joining('{ kind: rest, url_env: A }', mapping('/persons/search')))).toEqual([]);
    for (const path of ['"/persons/{idnr}"', '"/persons?number=:idnr"', 'persons'])
      expect(read(joining('{ kind: rest, url_env: A }', mapping(path))).join()).toContain(
        '/evidence/x/path must match',
      );
  });

  it('asks a system over gRPC by certificates alone, and lets the key say whose record it is', () => {
    const grpc = (more: string) => `{ kind: grpc, url_env: A, identity_env: B${more} }`;
    const certificates = `, server_certificates: [${'A'.repeat(43)}]`;
    const mapping = 'evidence: { x: { attributes: { name: Nächster Name }, code_lists: { name: { A: b } } } }';
    expect(read(joining(grpc(certificates), mapping))).toEqual([]);
    for (const [source, evidence, fault] of [
      [grpc(''), mapping, "must have required property 'server_certificates'"],
      [grpc(', server_certificates: []'), mapping, 'server_certificates must NOT have fewer'],
      [grpc(`${certificates}, token_env: C`), mapping, 'unknown member "token_env"'],
      [grpc(certificates), 'evidence: { x: { attributes: { name: "a\\nb" } } }', '/attributes/name must match'],
      [grpc(certificates), 'evidence: { x: { person: {}, attributes: { name: a } } }', 'unknown member "person"'],
      [grpc(certificates), mapping.replace('{ name: { A', '{ other: { A'), 'of no attribute'],
    ] as const)
      expect(read(joining(source, evidence)).join('\n')).toContain(fault);
    const whole = readRegisterConfig(join(DEMO, 'handelsregister.yaml'));
    const attributes = Object.entries(whole.evidence ?? {}).map(([id, it]) => [id, { attributes: it.attributes }]);
    const data_source = { kind: 'grpc', url_env: 'A', identity_env: 'B', server_certificates: [] } as const;
    const config: RegisterConfig = {
      ...{ register: whole.register, simulator: true },
      ...{ data_source, evidence: Object.fromEntries(attributes) },
    };
    expect(attributes.length).toBeGreaterThan(0);
    expect(agreedRegister(config, lookup, whole.register).id).toBe(whole.register);
  });

  it('limits consumers that the catalogue knows, by whole numbers', () => {
    const config = readRegisterConfig(join(DEMO, 'melderegister-bremen.yaml'));
    const consumers = { 'familienkasse-online': { max: 1, per: 'minute' }, stranger: { max: 1, per: 'day' } } as const;
    const limited = { ...config, rate_limits: { consumers } };
    expect(faultsOf(() => agreedRegister(limited, lookup, 'melderegister-bremen'))).toEqual([
      'rate_limits names "stranger", no participant of the catalogue',
    ]);
    const faults = read(`
register: a
simulator: true
data_source: { url_env: A }
rate_limits: { each_consumer: { max: 0, per: week } }
directory: {}
`);
    expect(faults).toEqual(
      expect.arrayContaining([
        'a.yaml: /rate_limits/each_consumer/max must be >= 1',
        'a.yaml: /rate_limits/each_consumer/per must be equal to one of the allowed values',
      ]),
    );
  });

  it('says that a file is missing', () => {
    expect(faultsOf(() => readRegisterConfig(join(folder, 'none.yaml')))).toEqual(['none.yaml:0: is missing']);
  });

  it('holds every evidence type and attribute against the agreement', () => {
    const whole = readRegisterConfig(join(DEMO, 'melderegister-bremen.yaml'));
    if (!isTables(whole)) throw new Error('the demo has views');
    const { evidence, ...rest } = whole;
    const meldedaten = evidence?.meldedaten;
    if (meldedaten === undefined) throw new Error('the demo has no meldedaten');
    const { town: _, ...attributes } = meldedaten.attributes;
    const config: RegisterConfig = {
      ...rest,
      evidence: {
        meldedaten: { ...meldedaten, attributes: { ...attributes, religion: 'religion' } },
        geburt: meldedaten,
      },
    };
    const faults = faultsOf(() => agreedRegister(config, lookup, 'personenstand-bremen'));
    expect(faults).toEqual(
      expect.arrayContaining([
        'register "melderegister-bremen" belongs to participant "melderegister-bremen"',
        'evidence type "geburt" is configured and not agreed',
        'attribute "town" of "meldedaten" has no column',
        'attribute "religion" is not one of "meldedaten"',
      ]),
    );
  });
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { ConfigFault } from '../../src/platform/config.js';
import { agreedRegister } from '../../src/register-edge/register-agreement.js';
import { type RegisterConfig, readRegisterConfig } from '../../src/register-edge/register-config.js';

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
    const { evidence, ...rest } = readRegisterConfig(join(DEMO, 'melderegister-bremen.yaml'));
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

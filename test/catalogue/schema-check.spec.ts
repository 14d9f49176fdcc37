import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  COMPILED_SCHEMAS,
  digestOfSchemas,
  schemaCheck,
  sectionsWithSchema,
} from '../../src/catalogue/schema-check.js';
import { parseYamlFile } from '../../src/catalogue/yaml-file.js';

const BY_NOW = join(tmpdir(), 'no-such-file.cjs');

/** One wrong value of each kind that a schema can find, in any section. */
const WRONG = [
  'rules: [{ id: 5, effect: allow, unknown: true }]',
  'rules: [{ id: "A B", effect: perhaps }]',
  'participants: [{ id: x }, { id: x, kind: strange }]',
  'keys: [{ participant: x, use: token, jwk: { kty: EC, d: secret } }]',
  'purposes: []',
  '- a list',
  'nothing: 1',
].map((text) => parseYamlFile('given.yaml', Buffer.from(text), 10_000));

describe('schemas of the catalogue', () => {
  it('find the same faults at the same lines, whether the build compiled them or this process', () => {
    const [built, now] = [
      schemaCheck(sectionsWithSchema(), COMPILED_SCHEMAS),
      schemaCheck(sectionsWithSchema(), BY_NOW),
    ];
    const faults = sectionsWithSchema().flatMap((section) =>
      WRONG.map((file) => [built(section, file), now(section, file)]),
    );
    for (const [ofBuild, ofNow] of faults) expect(ofBuild).toEqual(ofNow);
    expect(faults.filter(([ofBuild]) => ofBuild?.length).length).toBeGreaterThan(sectionsWithSchema().length);
  });

  it('are compiled anew where the build knew others', () => {
    const folder = mkdtempSync(join(tmpdir(), 'einmal-schemas-'));
    const lenient = (name: string, digest: string) => {
      writeFileSync(join(folder, name), `exports.digest = '${digest}'; exports.rules = () => true;`);
      return schemaCheck(['rules'], join(folder, name));
    };
    for (const file of WRONG) {
      expect(lenient('of-another-build.cjs', '0'.repeat(64))('rules', file)).not.toEqual([]);
      expect(lenient('of-this-build.cjs', digestOfSchemas())('rules', file)).toEqual([]);
    }
  });
});

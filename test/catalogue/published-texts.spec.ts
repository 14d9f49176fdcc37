import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';

const catalogue = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
const needs = catalogue.services.flatMap((service) => service.needs.map((need) => ({ service, need })));
const named = needs.map(
  ({ service, need }) => [`${service.id}: ${need.evidence_type} of ${need.subject_role}`, need] as const,
);

describe('a text that a person decides on', () => {
  test.each(named)('%s: German, plain German and English, all different', (_, { decision_text, manual }) => {
    for (const text of [decision_text, manual]) {
      const versions = [text.de, text['de-simple'], text.en];
      expect(versions.every((it) => it !== undefined && it.trim() === it && it.endsWith('.'))).toBe(true);
      expect(new Set(versions).size).toBe(3);
    }
  });

  test.each(named)('%s: plain German has short sentences', (_, { decision_text, manual }) => {
    const sentences = [decision_text['de-simple'], manual['de-simple']].flatMap((it) => it?.split(/[.?!:] ?/) ?? []);
    for (const sentence of sentences) expect([sentence, sentence.split(' ').length <= 15]).toEqual([sentence, true]);
  });

  test.each(named)(
    '%s: says that a consent can be withdrawn, and that there is a preview where the law grants one',
    (_, need) => {
      const basis = catalogue.legal_bases.find(({ id }) => id === need.legal_basis);
      // GDPR Art. 7 (3): the person is told before they consent.
      if (basis?.trigger === 'CONSENT') expect(need.decision_text.de).toContain('jederzeit für die Zukunft widerrufen');
      const isOfFamily = need.assured !== undefined;
      if (basis?.preview === true && !isOfFamily) expect(need.decision_text.de).toMatch(/bevor sie|bevor er/);
    },
  );

  test('about a family that moves along contains the assurance and what follows from a false one (BMG § 23 Abs. 4)', () => {
    const assured = needs.filter(({ need }) => need.assured !== undefined);
    expect(assured.map(({ need }) => [need.evidence_type, need.assured])).toEqual([
      ['meldeschein-familie', 'BMG § 23 Abs. 4 Satz 3'],
    ]);
    for (const { need } of assured) {
      expect(need.decision_text.de).toContain('Ich versichere, dass ich berechtigt bin');
      expect(need.decision_text.de).toContain('§ 202a des Strafgesetzbuchs');
      expect(need.decision_text['de-simple']).toContain('Ich versichere: Ich darf');
      expect(need.decision_text.en).toContain('section 202a');
    }
  });
});

describe('a person of an application', () => {
  test('for BAföG each decides for themselves, and the student may have somebody authorised to', () => {
    const bafoeg = catalogue.services.find(({ id }) => id === 'bafoeg');
    expect(bafoeg?.subjects.every(({ represented_by }) => represented_by === undefined)).toBe(true);
    expect(bafoeg?.subjects.map((it) => [it.role, it.may_be_represented_by, it.representation])).toEqual([
      ['student', 'representative', ['power-of-attorney', 'care']],
      ['representative', undefined, undefined],
      ['parent_1', undefined, undefined],
      ['parent_2', undefined, undefined],
    ]);
    for (const role of ['student', 'representative', 'parent_1', 'parent_2'])
      expect(bafoeg?.needs.some((it) => it.evidence_type === 'identity' && it.subject_role === role)).toBe(true);
  });

  test('that is no natural person is looked up by no identification number (IDNrG § 7)', () => {
    const legal = catalogue.services.flatMap(({ subjects, needs: all }) =>
      subjects.filter(({ kind }) => kind === 'legal').map(({ role }) => all.filter((it) => it.subject_role === role)),
    );
    expect(legal).toHaveLength(2);
    expect(legal.flat().map(({ evidence_type }) => evidence_type)).toEqual([
      'handelsregister-auszug',
      'handelsregister-auszug',
    ]);
  });
});

describe('the files of the catalogue', () => {
  const files = readdirSync('catalogue').filter((name) => name.endsWith('.yaml'));

  test.each(files)('%s names its schema for editors', (name) => {
    const [first] = readFileSync(join('catalogue', name), 'utf8').split('\n');
    expect(first).toBe(`# yaml-language-server: $schema=schema/${name.replace('.yaml', '.schema.json')}`);
  });

  type Schema = Readonly<{ [member: string]: unknown }>;
  const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

  /** Places of members without description. */
  function undescribed(schema: unknown, path: string): string[] {
    if (!isSchema(schema)) return [];
    const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : [];
    return [
      ...properties.flatMap(([name, it]) => [
        ...(isSchema(it) && typeof it.description !== 'string' && it.const === undefined ? [`${path}/${name}`] : []),
        ...undescribed(it, `${path}/${name}`),
      ]),
      ...undescribed(schema.items, `${path}[]`),
    ];
  }

  test.each(readdirSync('catalogue/schema'))('%s has an id, a title and a description of every member', (name) => {
    const schema: Schema = JSON.parse(readFileSync(join('catalogue', 'schema', name), 'utf8'));
    expect(schema).toMatchObject({ $id: name, title: expect.stringMatching(/./) });
    expect(undescribed(schema, '')).toEqual([]);
  });
});

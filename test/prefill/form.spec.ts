import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FieldMapping, OnlineService } from '../../src/catalogue/catalogue.js';
import { prefill } from '../../src/prefill/form.js';
import type { AttributeValue } from '../../src/tokens/evidence-credential.js';
import { aFederation } from '../register-edge/federation.js';
import { someEvidence } from '../support/builders.js';

const kindergeld = (await aFederation()).current.lookup.service('kindergeld')!;

type From = FieldMapping['from'];
const mapping = (from: From, deviation: Partial<FieldMapping> = {}): FieldMapping => ({
  fim_id: 'F60000227',
  label: { de: 'Familienname', en: 'Family name' },
  subject_role: 'parent',
  from,
  ...deviation,
});
const serviceOf = (...mappings: readonly FieldMapping[]): OnlineService => ({ ...kindergeld, mapping: mappings });

const melde = (attributes: Readonly<Record<string, AttributeValue>>) => someEvidence({ attributes });
const geburt = (attributes: Readonly<Record<string, AttributeValue>>) =>
  someEvidence({ evidenceType: 'geburt', subjectRole: 'child', register: 'personenstand-bremen', attributes });

/** The value of the one field that this mapping gives. */
const filled = (from: Partial<From>, value: AttributeValue): string | undefined =>
  prefill(serviceOf(mapping({ evidence_type: 'meldedaten', attribute: 'a', ...from })), [melde({ a: value })])[0]
    ?.value;

describe('a list of persons in one field', () => {
  const each = (value: AttributeValue) => filled({ path: 'given_names', each: true }, value);

  it('holds the member of each, in the order of the register', () => {
    expect(each([{ given_names: 'Jörn' }, { given_names: 'Mia' }])).toBe('Jörn, Mia');
  });

  it.each([
    ['nobody', []],
    ['a list of something else', ['Jörn']],
    ['no list', { given_names: 'Jörn' }],
    ['nothing', null],
  ])('is no field of %s', (_, value) => {
    expect(each(value)).toBeUndefined();
  });

  it('passes over who has no such member', () => {
    expect(each([{ family_name: 'Muster' }, { given_names: 'Mia' }])).toBe('Mia');
  });
});

describe('a field of a form', () => {
  it('says where it is from: register, evidence, attribute, moment, assurance (design 3, step 10)', () => {
    const from = { evidence_type: 'meldedaten', attribute: 'family_name' };
    expect(prefill(serviceOf(mapping(from)), [melde({ family_name: 'Musterfrau' })])).toEqual([
      {
        fim_id: 'F60000227',
        label: 'Familienname',
        subject_role: 'parent',
        value: 'Musterfrau',
        source: {
          register: 'melderegister-bremen',
          evidence_id: 'id-of-meldedaten',
          attribute: 'family_name',
          as_of: '2026-09-21T09:15:00.000Z',
          assurance: 'substantial',
        },
        alternatives: [],
      },
    ]);
  });

  it.each([
    ['a text', 'Bremen', 'Bremen'],
    ['a number', 3, '3'],
    ['nought', 0, '0'],
    ['a yes', true, 'true'],
    ['a no', false, 'false'],
    ['a list of texts', ['deutsch', 'dänisch'], 'deutsch, dänisch'],
    ['an empty text', '', undefined],
    ['an empty list', [], undefined],
    ['nothing', null, undefined],
    ['an object', { a: 1 }, undefined],
    ['a list of objects', [{ a: 1 }], undefined],
  ] as readonly (readonly [string, AttributeValue, string | undefined])[])('from %s', (_what, given, value) => {
    expect(filled({}, given)).toBe(value);
  });

  it.each([
    ['1990-04-05', '05', '04', '1990'],
    ['1990-04', undefined, '04', '1990'],
    ['1990', undefined, undefined, '1990'],
  ])('has the parts of %s that are known, and no guess of the others', (date, day, month, year) => {
    expect([filled({ path: 'day' }, date), filled({ path: 'month' }, date), filled({ path: 'year' }, date)]).toEqual([
      day,
      month,
      year,
    ]);
  });

  it.each([
    ['street', 'Am Wall'],
    ['number', undefined],
    ['toString', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
  ])('from the own member %s of an object only', (path, value) => {
    expect(filled({ path }, { street: 'Am Wall' })).toBe(value);
  });

  it.each(['toString', 'constructor', '__proto__'])('is never what every object has: %s', (attribute) => {
    expect(filled({ attribute }, 'x')).toBeUndefined();
  });

  it('is left out where its evidence is missing, of another person or of another type', () => {
    const service = serviceOf(mapping({ evidence_type: 'meldedaten', attribute: 'a' }));
    const given = [
      someEvidence({ subjectRole: 'child', attributes: { a: 'x' } }),
      someEvidence({ evidenceType: 'geburt', attributes: { a: 'x' } }),
    ];
    expect(prefill(service, given)).toEqual([]);
    expect(prefill(service, [])).toEqual([]);
  });
});

describe('disagreement between registers', () => {
  const first = mapping({ evidence_type: 'meldedaten', attribute: 'a' });
  const second = mapping({ evidence_type: 'geburt', subject_role: 'child', attribute: 'a' });
  const third = mapping({ evidence_type: 'meldedaten', attribute: 'b' });
  const fill = (a: string, b: string, c: string) =>
    prefill(serviceOf(first, second, third), [melde({ a, b: c }), geburt({ a: b })]);

  it('is shown with its source, never merged silently', () => {
    const [field] = fill('Müller', 'Mueller', 'Müller');
    expect(field).toMatchObject({ value: 'Müller', source: { register: 'melderegister-bremen' } });
    expect(field?.alternatives).toEqual([
      { value: 'Mueller', source: expect.objectContaining({ register: 'personenstand-bremen', attribute: 'a' }) },
    ]);
  });

  it('shows each other value once, in the order of the mapping', () => {
    expect(fill('A', 'B', 'B')[0]?.alternatives.map(({ value }) => value)).toEqual(['B']);
    expect(fill('A', 'B', 'C')[0]?.alternatives.map(({ value }) => value)).toEqual(['B', 'C']);
    expect(fill('A', 'A', 'A')[0]?.alternatives).toEqual([]);
  });

  it('never loses a value and never invents one', () => {
    const letter = fc.constantFrom('A', 'B', 'C');
    fc.assert(
      fc.property(letter, letter, letter, (a, b, c) => {
        const [field] = fill(a, b, c);
        const shown = [field!.value, ...field!.alternatives.map(({ value }) => value)];
        expect(new Set(shown)).toEqual(new Set([a, b, c]));
        expect(shown).toHaveLength(new Set(shown).size);
        expect(field!.value).toBe(a);
      }),
    );
  });

  it('keeps persons apart: the same field of two persons is two fields', () => {
    const own = mapping({ evidence_type: 'meldedaten', attribute: 'a' });
    const child = mapping({ evidence_type: 'geburt', attribute: 'a' }, { subject_role: 'child' });
    const fields = prefill(serviceOf(own, child), [melde({ a: 'A' }), geburt({ a: 'B' })]);
    expect(fields.map(({ subject_role, value, alternatives }) => [subject_role, value, alternatives])).toEqual([
      ['parent', 'A', []],
      ['child', 'B', []],
    ]);
  });
});

describe("the child of a parent's register entry (BMG § 34 Abs. 1 Satz 1 Nr. 14)", () => {
  const match = { path: 'birth_date', evidence_type: 'geburt', attribute: 'birth_date' };
  const from = {
    evidence_type: 'meldedaten',
    subject_role: 'parent',
    attribute: 'children',
    path: 'given_names',
    match,
  };
  const service = serviceOf(mapping(from, { subject_role: 'child' }));
  const born = (date: string, given_names: string) => ({ birth_date: date, given_names });
  const pick = (
    children: AttributeValue,
    own: Readonly<Record<string, AttributeValue>> = { birth_date: '2019-03-01' },
  ) => prefill(service, [melde({ children }), geburt(own)])[0]?.value;

  it('is the only one with the same date of birth', () => {
    expect(pick([born('2017-01-01', 'Jan'), born('2019-03-01', 'Jördis')])).toBe('Jördis');
  });

  it.each([
    ['no child', []],
    ['no child of that date', [born('2017-01-01', 'Jan')]],
    ['twins: no guess', [born('2019-03-01', 'Jördis'), born('2019-03-01', 'Jan')]],
    ['a date known in part: no guess', [born('2019-03', 'Jördis')]],
    ['no list', born('2019-03-01', 'Jördis')],
    ['a list of nothing', [null, 'x', 7]],
  ] as readonly (readonly [string, AttributeValue])[])('is nobody where there is %s', (_case, children) => {
    expect(pick(children)).toBeUndefined();
  });

  it.each([{}, { birth_date: null }, { birth_date: 2019 }] as Readonly<Record<string, AttributeValue>>[])(
    'is nobody where its own evidence says %j',
    (own) => expect(pick([born('2019-03-01', 'Jördis')], own)).toBeUndefined(),
  );

  it('is nobody where its own evidence is missing', () => {
    expect(prefill(service, [melde({ children: [born('2019-03-01', 'Jördis')] })])).toEqual([]);
  });
});

describe('the form of Kindergeld', () => {
  it('has its fields in the order of the mapping, each once per person', () => {
    const fields = prefill(kindergeld, [
      geburt({
        child_birth_name: 'Musterkind',
        child_given_names: 'Jördis',
        birth_date: '2019-03-01',
        birth_place: 'Bremen',
      }),
      melde({
        family_name: 'Musterfrau',
        given_names: 'Erika',
        birth_date: '1990-04',
        children: [{ family_name: 'Muster', given_names: 'Jördis', birth_date: '2019-03-01' }],
      }),
    ]);
    const order = kindergeld.mapping.map(({ subject_role, fim_id }) => `${subject_role} ${fim_id}`);
    const got = fields.map(({ subject_role, fim_id }) => `${subject_role} ${fim_id}`);
    expect(got).toEqual([...new Set(order)].filter((key) => got.includes(key)));
    const child = fields.find(({ fim_id, subject_role }) => fim_id === 'F60000227' && subject_role === 'child');
    expect(child).toMatchObject({ value: 'Musterkind', alternatives: [{ value: 'Muster' }] });
    expect(fields.some(({ fim_id, subject_role }) => fim_id === 'F60000231' && subject_role === 'parent')).toBe(false);
  });

  it('is the same in whichever order evidence arrived', () => {
    const given = [
      melde({ family_name: 'Musterfrau', children: [] }),
      geburt({ child_birth_name: 'Musterkind', birth_date: '2019' }),
      someEvidence({ evidenceType: 'kindergeld-bezug', attributes: { children_count: 2 } }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(given, { minLength: 3 }), (order) => {
        expect(prefill(kindergeld, order)).toEqual(prefill(kindergeld, given));
      }),
    );
  });
});

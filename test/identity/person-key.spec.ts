import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeTestIdnr } from '../../src/identity/idnr.js';
import { type GivenKey, isPartialDate, parsePersonKey } from '../../src/identity/person-key.js';

const idnr = makeTestIdnr(4711);
const address = { family_name: 'Musterfrau', town: 'Bremen', postcode: '28195', birth_date: '1990-04-05' };
const name = { family_name: 'Musterfrau', given_names: 'Erika Jördis', birth_date: '1990-04-05' };
const number = { idnr, birth_date: '1990-04-05' };

const parse = (given: GivenKey, allowTestNumbers = true) =>
  parsePersonKey(given, 'subjects[0].natural_person', { allowTestNumbers });
const faultsOf = (given: GivenKey, allowTestNumbers = true): readonly string[] => {
  const parsed = parse(given, allowTestNumbers);
  return parsed.ok ? [] : parsed.violations.map(({ field }) => field.replace('subjects[0].natural_person.', ''));
};

describe('the key sets (IDNrG § 6 Abs. 3)', () => {
  it.each([
    ['name, town, postcode and date of birth', { address_key: address }, { set: 'address', ...address }],
    ['names and date of birth', { name_key: name }, { set: 'name', ...name }],
    ['number and date of birth', { idnr_key: number }, { set: 'idnr', ...number }],
  ])('are %s', (_set, given, key) => {
    expect(parse(given)).toEqual({ ok: true, key });
  });

  it('are no others: a person is not looked up without one', () => {
    expect(faultsOf({})).toEqual(['key']);
    expect(faultsOf({ address_key: null, name_key: null, idnr_key: null })).toEqual(['key']);
  });

  it.each([
    [
      { address_key: {} },
      ['address_key.family_name', 'address_key.town', 'address_key.postcode', 'address_key.birth_date'],
    ],
    [{ name_key: {} }, ['name_key.family_name', 'name_key.given_names', 'name_key.birth_date']],
    [{ idnr_key: {} }, ['idnr_key.idnr', 'idnr_key.birth_date']],
  ])('are refused with every missing member at once: %j', (given, fields) => {
    expect(faultsOf(given)).toEqual(fields);
  });
});

describe('a text of a person', () => {
  const withName = (family_name: string) => faultsOf({ name_key: { ...name, family_name } });

  it.each([
    'von Mustermann-Søndergård',
    "O'Connor",
    'Đặng',
    'Çelik',
    'Ķēniņš',
    'Gänßle',
    'Χατζής',
    'Петров',
    'D’Angelo',
    'N.',
  ])('may be %s (DIN 91379)', (text) => expect(withName(text)).toEqual([]));

  it.each([
    ['nothing', ''],
    ['white space', ' \t '],
    ['longer than any', 'x'.repeat(201)],
    ['with NUL', 'Muster\u0000frau'],
    ['with a line break', 'Muster\nfrau'],
    ['with DEL', 'Muster\u007ffrau'],
    ['with a C1 control', 'Muster\u0085frau'],
    ['with the last C1 control', 'Muster\u009ffrau'],
    ['with a line separator', 'Muster\u2028frau'],
    ['with a paragraph separator', 'Muster\u2029frau'],
    ...Array.from('\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069').map(
      (letter) =>
        [`with the direction character U+0${letter.charCodeAt(0).toString(16)}`, `Muster${letter}frau`] as const,
    ),
    ['with half a surrogate pair', 'Muster\ud800frau'],
  ] as readonly (readonly [string, string])[])('is not %s', (_what, text) => {
    expect(withName(text)).toEqual(['name_key.family_name']);
  });

  it('is trimmed and composed, so that both sides compare the same bytes', () => {
    const parsed = parse({ name_key: { ...name, family_name: '  Søndergård '.normalize('NFD') } });
    expect(parsed).toMatchObject({ key: { family_name: 'Søndergård'.normalize('NFC') } });
  });

  it('is never in a violation, whatever it was', () => {
    const rare = fc.string({ minLength: 8, unit: 'binary' });
    fc.assert(
      fc.property(rare, rare, rare, (a, b, c) => {
        for (const given of [
          { address_key: { family_name: a, town: b, postcode: c, birth_date: c } },
          { name_key: { family_name: a, given_names: b, birth_date: c } },
          { idnr_key: { idnr: a, birth_date: b } },
        ]) {
          const parsed = parse(given);
          const said = parsed.ok ? '' : JSON.stringify(parsed.violations);
          for (const value of [a, b, c]) expect(said).not.toContain(JSON.stringify(value).slice(1, -1));
        }
      }),
    );
  });
});

describe('a postcode', () => {
  it.each(['01067', '99998'])('may be %s', (postcode) =>
    expect(faultsOf({ address_key: { ...address, postcode } })).toEqual([]),
  );
  it.each(['2819', '281950', '2819a', '28195\n', ' 28195', '２８１９５'])('is not %j', (postcode) =>
    expect(faultsOf({ address_key: { ...address, postcode } })).toEqual(['address_key.postcode']),
  );
});

describe('a date of birth', () => {
  it.each(['1990-04-05', '1990-04', '1990', '2000-02-29', '1900-12-31'])('may be %s: parts may be unknown', (text) =>
    expect(isPartialDate(text)).toBe(true),
  );
  it.each([
    '',
    '90',
    '1990-4',
    '1990-13',
    '1990-00',
    '1990-04-31',
    '1990-02-29',
    '1900-02-29',
    '1990-04-00',
    '1990-04-05T00:00',
    '05.04.1990',
    '1990-',
    '1990-04-05\n',
    '+1990',
    '１９９０',
  ])('is not %j', (text) => expect(isPartialDate(text)).toBe(false));
  it('is a date of the calendar with its three parts, or the first of them', () => {
    const noInvalidDate = { min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true } as const;
    fc.assert(
      fc.property(fc.date(noInvalidDate), fc.constantFrom(4, 7, 10), (date, length) => {
        expect(isPartialDate(date.toISOString().slice(0, length))).toBe(true);
      }),
    );
  });
});

describe('an identification number (AO § 139b)', () => {
  it('may be grouped as it is printed, and is passed on without the groups', () => {
    const grouped = `${idnr.slice(0, 2)} ${idnr.slice(2, 5)} ${idnr.slice(5, 8)} ${idnr.slice(8)}`;
    expect(parse({ idnr_key: { ...number, idnr: grouped } })).toMatchObject({ key: { idnr } });
  });

  it('is refused in production where it is a test number', () => {
    expect(faultsOf({ idnr_key: number }, false)).toEqual(['idnr_key.idnr']);
  });
});

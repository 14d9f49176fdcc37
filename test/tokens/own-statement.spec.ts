import { describe, expect, it } from '@jest/globals';
import { isOwnStatement, newOwnStatement, ownStatementDigest } from '../../src/tokens/own-statement.js';

const statement = { held_id: 'h', attribute: 'family_name', value: 'Muster' };

describe('what a person states themself (EGovG § 5 Abs. 5)', () => {
  it.each([
    'von Mustermann-Søndergård',
    'Łucja',
    'Ế',
    'C\u0328\u0306',
    '12. Mai 1980 (nicht März)',
    '5 € / 7 %',
    'x'.repeat(200),
  ])('is one line of DIN 91379: %s', (value) => {
    expect(isOwnStatement(value.normalize('NFC'))).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['space around it', ' a'],
    ['more than 200 characters', 'x'.repeat(201)],
    ['a line break', 'a\nb'],
    ['a control character', 'a\u0000b'],
    ['a C1 control character', 'a\u0085b'],
    ['a direction mark', 'a\u202eb'],
    ['a character of no width', 'a\u200bb'],
    ['a soft hyphen', 'a\u00adb'],
    ['letters that are not Latin', 'Мустер'],
    ['a picture', '😀'],
    ['half a character', 'a\ud800'],
    ['a mark on nothing', '\u0301a'],
    ['a heap of marks', `a${'\u0315'.repeat(3)}`],
    ['another form of Unicode', 'u\u0308'],
  ])('is not %s', (_case, value) => {
    expect(isOwnStatement(value)).toBe(false);
  });

  it('is attested by a digest that another salt, datum or word changes', () => {
    const one = newOwnStatement(statement);
    const other = newOwnStatement(statement);
    const digests = [
      one,
      other,
      { ...one, attribute: 'given_names' },
      { ...one, held_id: 'i' },
      { ...one, value: 'Mustr' },
    ];
    expect(new Set(digests.map(ownStatementDigest)).size).toBe(digests.length);
    expect(one.salt).toMatch(/^[\w-]{43}$/);
  });
});

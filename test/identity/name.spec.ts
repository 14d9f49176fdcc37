import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { givenNameKeys, normaliseName } from '../../src/identity/name.js';

describe('name comparison: Unicode NFC, case folding, collapsed spaces', () => {
  it.each([
    ['composed and decomposed letters', 'Jörn Łuk\u0061\u0301š', 'Jo\u0308rn Łukáš'],
    ['upper and lower case', 'VON MUSTERMANN', 'von Mustermann'],
    ['ß, ẞ and ss (Unicode full case folding)', 'STRAẞ', 'Strass'],
    ['the two small sigmas', 'ΝΊΚΟΣ', 'νίκος'],
    ['spaces, no-break spaces and tabs', '  von\u00a0 Beispiel\t', 'von Beispiel'],
  ])('treats as equal: %s', (_, left, right) => {
    expect(normaliseName(left)).toBe(normaliseName(right));
  });

  it.each([
    ['umlaut and its transcription', 'Müller', 'Mueller'],
    ['a letter with and without diacritic', 'Łukasz', 'Lukasz'],
    ['with and without particle', 'von Muster', 'Muster'],
    ['hyphen and space', 'Muster-Feld', 'Muster Feld'],
  ])('keeps apart: %s', (_, left, right) => {
    expect(normaliseName(left)).not.toBe(normaliseName(right));
  });

  it('does not change a name that is already normalised', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(normaliseName(normaliseName(name))).toBe(normaliseName(name));
      }),
    );
  });

  it('compares given names one by one and keeps a hyphenated name whole', () => {
    expect(givenNameKeys('Björn  Łukasz-Íñigo')).toEqual(['björn', 'łukasz-íñigo']);
  });
});

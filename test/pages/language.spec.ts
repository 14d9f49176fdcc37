import { expect, test } from '@jest/globals';
import { languageOf, withReadableDates } from '../../src/pages/language.js';

test.each([
  ['2026-09-14, Nirgendwerth; 2021-03-02', 'de', '14. September 2026, Nirgendwerth; 2. März 2021'],
  ['1992-08-12', 'en', '12 August 1992'],
  ['2026-09', 'de', '2026-09'],
  ['2026-13-45', 'de', '2026-13-45'],
  ['000FK000001', 'de', '000FK000001'],
] as const)('%s is read as a person in %s reads it', (text, language, shown) => {
  expect(withReadableDates(text, language)).toBe(shown);
});

test('a language that there is not is German', () => {
  expect([languageOf(undefined), languageOf('fr'), languageOf('en')]).toEqual(['de', 'de', 'en']);
});

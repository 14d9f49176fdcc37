import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RegionKeys } from '../../src/catalogue/region-keys.js';

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });

test('region keys are found by exactly their digits, as texts would be', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.uniqueArray(digits(0, 12), { minLength: 30, maxLength: 300 }), digits(2, 12), (keys, region) => {
      const index = new RegionKeys(new Map(keys.map((key) => [key, key])));
      const all = new Set(keys);
      expect(index.lengths).toEqual([...new Set(keys.map(({ length }) => length))].sort((a, b) => b - a));
      for (const asked of [region, ...keys])
        for (let length = 0; length <= 12; length++) {
          const prefix = asked.slice(0, length);
          const expected = length <= asked.length && all.has(prefix) ? prefix : undefined;
          expect(index.at(asked, length)).toBe(expected);
          if (expected !== undefined) found++;
        }
    }),
    { numRuns: 50 },
  );
  expect(found).toBeGreaterThan(1000);
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { stallOf, withUseDays } from '../../bench/policy/stall.js';

describe('a stall', () => {
  test('is what the slowest answer took beyond the slowest of equally many quiet stretches', () => {
    const quiet = [
      [60, 70, 90],
      [61, 80, 65],
    ];
    const changing = [
      [60, 100, 70],
      [60, 60, 115],
    ];
    expect(stallOf(quiet, changing)).toEqual({ value: 25, baseline: 90, samples: [100, 115] });
  });

  test('is none where the quiet ones were slower, and never less', () => {
    expect(stallOf([[90]], [[60]])).toEqual({ value: 0, baseline: 90, samples: [60] });
  });

  test.each([
    ['another number of stretches', [[1]], [[1], [2]]],
    ['a stretch in which nothing was answered', [[1]], [[]]],
    ['nothing at all', [], []],
  ])('cannot be told from %s', (_what, quiet, changing) => {
    expect(() => stallOf(quiet, changing)).toThrow(RangeError);
  });
});

describe('another version of the rules', () => {
  const rules = readFileSync('catalogue/rules.yaml', 'utf8');

  test('limits the one rule, and changes no other line', () => {
    const changed = withUseDays(rules, 'elterngeld-identity', 7).split('\n');
    const at = changed.indexOf('    limits: { use_days: 7 }');
    expect(changed.slice(0, at).findLast((it) => it.includes('- id:'))).toContain('elterngeld-identity');
    expect(changed.toSpliced(at, 1)).toEqual(rules.split('\n'));
  });

  test('is not made of a rule that is not there, or has limits already', () => {
    expect(() => withUseDays(rules, 'no-such-rule', 7)).toThrow('no-such-rule');
    expect(() => withUseDays(withUseDays(rules, 'elterngeld-identity', 7), 'elterngeld-identity', 8)).toThrow();
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { median, percentile } from '../../bench/statistics.js';

const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 200 });

describe('the median', () => {
  test.each([
    [[7], 7],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('of %j is %d', (list, expected) => {
    expect(median(list)).toBe(expected);
  });

  test('leaves the samples in the order in which they were taken', () => {
    const samples = [3, 1, 2];
    median(samples);
    expect(samples).toEqual([3, 1, 2]);
  });
});

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  test.each([
    [hundred, 99, 99],
    [hundred, 50, 50],
    [hundred, 100, 100],
    [hundred, 7, 7],
    [hundred, 0.5, 1],
    [[5], 99, 5],
    [[1, 2, 3], 50, 2],
    [[15, 20, 35, 40, 50], 30, 20],
  ])('is the nearest rank (%#)', (list, percent, expected) => {
    expect(percentile(list, percent)).toBe(expected);
  });

  test('is a value that was observed, not exceeded by at least that share of all', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (list, percent) => {
        const found = percentile(list, percent);
        const share = list.filter((value) => value <= found).length / list.length;
        return list.includes(found) && share * 100 >= percent - 1e-9;
      }),
    );
  });

  test('grows with the percentage', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 99 }), (list, percent) => {
        return percentile(list, percent) <= percentile(list, percent + 1);
      }),
    );
  });

  test.each([0, -1, 100.1, Number.NaN])('%d is refused', (percent) => {
    expect(() => percentile([1], percent)).toThrow(RangeError);
  });
});

test.each([[[]], [[1, Number.NaN]], [[Number.POSITIVE_INFINITY]]])('there is no figure of %j', (list: number[]) => {
  expect(() => median(list)).toThrow(RangeError);
  expect(() => percentile(list, 50)).toThrow(RangeError);
});

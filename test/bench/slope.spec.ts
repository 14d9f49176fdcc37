import { describe, expect, test } from '@jest/globals';
import { leastSlope } from '../../bench/exchange/slope.js';

const noisy = (slope: number) => Array.from({ length: 20 }, (_, x) => [x, 100 + slope * x + ((x * 7) % 5)] as const);

describe('growth over a run', () => {
  test('is what it is where nothing else moves', () => {
    expect(leastSlope([0, 1, 2, 3].map((x) => [x, 5 + 2 * x] as const))).toBeCloseTo(2);
  });

  test('is told from chance', () => {
    expect(leastSlope(noisy(1))).toBeGreaterThan(0.5);
  });

  test('that chance would explain counts as none', () => {
    expect(leastSlope(noisy(0))).toBeLessThanOrEqual(0);
  });

  test.each([[[]], [[[1, 1] as const, [1, 2] as const, [1, 3] as const]]])('of %j is not known', (points) => {
    expect(() => leastSlope(points)).toThrow(RangeError);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { separation, separations } from '../../bench/identity/classifier.js';
import { interleaved, sampled } from '../../bench/identity/neutral-answers.js';

const numbers = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 30 });

/** By its definition: every number of one kind against every number of the other. */
function pairwise(first: readonly number[], second: readonly number[]): number {
  const wins = first.flatMap((x) => second.map((y) => (y > x ? 1 : y === x ? 0.5 : 0)));
  return wins.reduce<number>((sum, it) => sum + it, 0) / wins.length;
}

describe('how well two kinds can be told apart by one number', () => {
  it('is the share of pairs in which the second kind is larger', () => {
    fc.assert(
      fc.property(numbers, numbers, (first, second) => {
        expect(separation(first, second).auc).toBeCloseTo(pairwise(first, second), 10);
      }),
    );
  });

  it('is as certain as DeLong says', () => {
    // By hand: placements of the first kind 1, 5/6, 1/2; of the second 1/3, 1, 1.
    const { auc, low, high } = separation(
      [1, 3, 5],
      [2, 5, 9].map((it) => it),
      1,
    );
    const [below, above] = [
      [1, 5 / 6 - 1 / 6, 1 / 2],
      [1 / 3, 5 / 6, 1],
    ];
    const mean = (it: readonly number[]) => it.reduce((sum, value) => sum + value, 0) / it.length;
    const spread = (it: readonly number[]) => it.reduce((sum, value) => sum + (value - mean(it)) ** 2, 0) / 2;
    expect(auc).toBeCloseTo(mean(above), 10);
    expect((high - low) / 2).toBeCloseTo(Math.sqrt(spread(below) / 3 + spread(above) / 3), 10);
  });

  it('turns round with the kinds, and does not change with the scale', () => {
    fc.assert(
      fc.property(numbers, numbers, (first, second) => {
        const [one, other] = [separation(first, second), separation(second, first)];
        expect(one.auc).toBeCloseTo(1 - other.auc, 10);
        expect(one.high - one.low).toBeCloseTo(other.high - other.low, 10);
        const larger = (it: readonly number[]) => it.map((value) => value ** 3 + 7);
        expect(separation(larger(first), larger(second)).auc).toBeCloseTo(one.auc, 10);
      }),
    );
  });

  it('is certain of kinds that lie apart, and guesses at kinds that are one', () => {
    const some = Array.from({ length: 50 }, (_, at) => at);
    expect(
      separation(
        some,
        some.map((it) => it + 100),
      ),
    ).toEqual({ auc: 1, low: 1, high: 1 });
    expect(separation(some, some).auc).toBeCloseTo(0.5, 10);
  });

  it('is said of every two kinds once', () => {
    const samples = new Map([...'abcd'].map((kind) => [kind, [1, 2, 3]] as const));
    expect(separations(samples).map(({ pair }) => pair)).toEqual([
      'a / b',
      'a / c',
      'a / d',
      'b / c',
      'b / d',
      'c / d',
    ]);
  });
});

describe('samples', () => {
  it('are taken of all kinds alike, none early and none late', () => {
    const order = interleaved(['a', 'b', 'c'], 40);
    expect(order).toHaveLength(120);
    for (let round = 0; round < 40; round += 1)
      expect(order.slice(3 * round, 3 * round + 3).toSorted()).toEqual(['a', 'b', 'c']);
    expect(new Set(Array.from({ length: 40 }, (_, round) => order[3 * round])).size).toBe(3);
  });

  it('are each taken once, at most so many at a time', async () => {
    let [now, most] = [0, 0];
    const samples = await sampled(interleaved(['a', 'b'], 10), 4, async (kind) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return kind === 'a' ? 1 : 2;
    });
    expect(most).toBe(4);
    expect(samples.get('a')).toEqual(Array(10).fill(1));
    expect(samples.get('b')).toEqual(Array(10).fill(2));
  });
});

import { expect, it } from '@jest/globals';
import type { RateStore } from '../../src/register-edge/rate-store.js';

const MINUTE = { startsAt: Date.parse('2026-11-23T12:00:00Z'), endsAt: Date.parse('2026-11-23T12:01:00Z') };
const HOUR = { ...MINUTE, endsAt: Date.parse('2026-11-23T13:00:00Z') };
const NEXT = { startsAt: MINUTE.endsAt, endsAt: MINUTE.endsAt + 60_000 };

/** What every `RateStore` keeps; each call of `open` gives an empty one, or further replicas of the same. */
export function rateStoreContract(open: () => Promise<readonly [RateStore, RateStore]>): void {
  it('counts up to the limit and not beyond it', async () => {
    const [store] = await open();
    const counted = [];
    for (let times = 0; times < 4; times += 1) counted.push(await store.count('a', MINUTE, 3));
    expect(counted).toEqual([true, true, true, false]);
  });

  it('counts each consumer and each window by itself', async () => {
    const [store] = await open();
    expect(await store.count('a', MINUTE, 1)).toBe(true);
    expect(await store.count('a', MINUTE, 1)).toBe(false);
    for (const [consumer, window] of [
      ['b', MINUTE],
      ['a', NEXT],
      ['a', HOUR],
    ] as const)
      expect(await store.count(consumer, window, 1)).toBe(true);
  });

  it('counts nothing when it says no: a limit that is raised has what it is raised by', async () => {
    const [store] = await open();
    expect(await store.count('a', MINUTE, 1)).toBe(true);
    for (let times = 0; times < 3; times += 1) expect(await store.count('a', MINUTE, 1)).toBe(false);
    expect(await store.count('a', MINUTE, 2)).toBe(true);
    expect(await store.count('a', MINUTE, 2)).toBe(false);
  });

  it('lets through as many as the limit says, of all that come at once to all replicas', async () => {
    const replicas = await open();
    const calls = Array.from({ length: 60 }, (_, at) => replicas[at % 2]?.count('a', MINUTE, 25));
    expect((await Promise.all(calls)).filter((it) => it === true)).toHaveLength(25);
  });
}

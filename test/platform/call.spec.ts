import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { notBefore } from '../../src/platform/call.js';

describe('a signal that is heard later (IDNrG § 6 Abs. 5)', () => {
  it.each([
    ['is given at once', 0],
    ['is given a little later', 20],
  ])('aborts, and not before its time, where it %s', async (_when, afterMs) => {
    const began = performance.now();
    const [source, heardAt] = [new AbortController(), Promise.withResolvers<number>()];
    if (afterMs === 0) source.abort();
    const late = notBefore(source.signal, 80);
    late.addEventListener('abort', () => heardAt.resolve(performance.now()));
    await sleep(afterMs);
    source.abort();
    expect(late.aborted).toBe(false);
    // A timer alone does not keep this process waiting.
    const [heard] = await Promise.all([heardAt.promise, sleep(200)]);
    expect(heard - began).toBeGreaterThanOrEqual(78);
  });

  it('aborts at once where that time has passed, and never where nobody leaves', async () => {
    const source = new AbortController();
    const [late, never] = [notBefore(source.signal, 10), notBefore(new AbortController().signal, 10)];
    await sleep(40);
    source.abort();
    await sleep(20);
    expect([late.aborted, never.aborted]).toEqual([true, false]);
  });
});

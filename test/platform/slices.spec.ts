import { expect, it } from '@jest/globals';
import { inSlices, type Steps } from '../../src/platform/slices.js';

function* busy(pieces: number, pieceMs: number): Steps<string> {
  for (let n = 0; n < pieces; n++) {
    const endsAt = performance.now() + pieceMs;
    while (performance.now() < endsAt);
    yield;
  }
  return 'done';
}

it('lets others have the event loop between two slices of a few milliseconds', async () => {
  let others = 0;
  const ticking = setInterval(() => {
    others += 1;
  }, 1);
  expect(await inSlices(busy(60, 1), 50)).toBe('done');
  clearInterval(ticking);
  expect(others).toBeGreaterThan(5);
});

it('gives up what takes more slices than it may', async () => {
  expect(await inSlices(busy(Number.POSITIVE_INFINITY, 1), 3)).toBeUndefined();
});

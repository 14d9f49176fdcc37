import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { DatabaseTime } from '../../src/audit/database-time.js';

describe('the time of the database', () => {
  it('is unknown until it was told', () => {
    expect(new DatabaseTime().now(0)).toBeUndefined();
  });

  it('goes on from what was told, whatever the clock of this machine says', async () => {
    const time = new DatabaseTime();
    time.tell(1_000_000);
    await sleep(20);
    expect(time.now(0)).toBeGreaterThanOrEqual(1_000_015);
    expect(time.now(0)).toBeLessThan(1_060_000);
  });

  it('never falls behind what the log says already', () => {
    const time = new DatabaseTime();
    time.tell(1_000_000);
    expect(time.now(2_000_000)).toBe(2_000_000);
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
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

  it('does not fall behind with an answer that was long on its way', async () => {
    const time = new DatabaseTime();
    time.tell(1_000_000);
    await sleep(20);
    time.tell(1_000_005);
    expect(time.now(0)).toBeGreaterThanOrEqual(1_000_015);
  });

  it('believes what is told later, where the clock goes faster', () => {
    const time = new DatabaseTime();
    time.tell(1_000_000);
    time.tell(1_000_500);
    expect(time.now(0)).toBeGreaterThanOrEqual(1_000_500);
  });

  it('follows a clock that was set back, after a while', () => {
    jest.useFakeTimers();
    try {
      const time = new DatabaseTime();
      time.tell(1_000_000);
      jest.advanceTimersByTime(9_000);
      time.tell(500_000);
      expect(time.now(0)).toBe(1_009_000);
      jest.advanceTimersByTime(2_000);
      time.tell(502_000);
      expect(time.now(0)).toBe(502_000);
    } finally {
      jest.useRealTimers();
    }
  });

  it('never falls behind what the log says already', () => {
    const time = new DatabaseTime();
    time.tell(1_000_000);
    expect(time.now(2_000_000)).toBe(2_000_000);
  });
});

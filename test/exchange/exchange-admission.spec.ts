import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ExchangeAdmission } from '../../src/exchange/exchange-admission.js';

const PACE_MS = 50;
/** In time for 50 others at that pace, and no more. */
const ROOM = 50;

let nowMs: number;
let admission: ExchangeAdmission;
let ends: (() => void)[];
beforeEach(() => {
  nowMs = 1_790_000_000_000;
  admission = new ExchangeAdmission({ now: () => nowMs });
  ends = [];
});

/** Of the exchange, or why it was not begun. */
function begin(leftMs = 15_000, waits?: 'aside' | 'elsewhere'): Promise<unknown> {
  const exchange = () => new Promise<void>((resolve) => ends.push(resolve));
  const waiting = {
    aside: (wait: () => Promise<void>) => admission.aside(wait),
    elsewhere: (wait: () => Promise<void>) => admission.elsewhere('directory', wait),
  };
  const run = admission.within(nowMs + leftMs, waits === undefined ? exchange : () => waiting[waits](exchange));
  return run.catch((error: unknown) => error);
}

async function endOne(): Promise<void> {
  ends.shift()?.();
  for (let turns = 0; turns < 5; turns += 1) await Promise.resolve();
}

/** As many as there is room for, of which one ends in each step. */
async function atPace(steps = 100): Promise<void> {
  while (ends.length < 40) void begin();
  for (let n = 0; n < steps; n += 1) {
    nowMs += PACE_MS;
    await endOne();
    void begin();
  }
}

describe('an exchange', () => {
  it('is begun while nothing is known of the pace', () => {
    for (let n = 0; n < 500; n += 1) void begin();
    expect(ends).toHaveLength(500);
  });

  it('is begun as long as it can be answered in time, and refused at once beyond that', async () => {
    await atPace();
    const [before, answers] = [ends.length, []] as [number, Promise<unknown>[]];
    for (let n = before; n < ROOM + 20; n += 1) answers.push(begin());
    expect(ends.length).toBeGreaterThanOrEqual(ROOM - 2);
    expect(ends.length).toBeLessThanOrEqual(ROOM + 2);
    const refused = await answers.at(-1);
    expect(refused).toMatchObject({ reason: 'BUSY' });
    expect((refused as { retryDelayMs: number }).retryDelayMs).toBeGreaterThan(PACE_MS);
  });

  it('of a caller with little time is refused earlier', async () => {
    await atPace();
    expect(await begin(2000)).toMatchObject({ reason: 'BUSY' });
    const before = ends.length;
    void begin(15_000);
    expect(ends).toHaveLength(before + 1);
  });

  it('is begun again when others have ended', async () => {
    await atPace();
    while (ends.length < ROOM - 2) void begin();
    for (let n = 0; n < 20; n += 1) void begin();
    const full = ends.length;
    for (let n = 0; n < 10; n += 1) {
      nowMs += PACE_MS;
      await endOne();
    }
    void begin();
    expect(ends).toHaveLength(full - 10 + 1);
  });

  it('is begun whatever waits for registers that hang', async () => {
    await atPace();
    for (let n = 0; n < 500; n += 1) void begin(15_000, 'aside');
    expect(ends.length).toBeGreaterThanOrEqual(500);
  });

  describe('while others wait for a directory or an intermediary', () => {
    beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }));
    afterEach(() => void jest.useRealTimers());

    /** Waits that end after so long. */
    const answered = async (ms: number, times = 50, party: 'directory' | 'intermediary' = 'directory') => {
      for (let n = 0; n < times; n += 1) {
        const answers = admission.elsewhere(party, () => new Promise<void>((resolve) => setTimeout(resolve, ms)));
        jest.advanceTimersByTime(ms);
        await answers;
      }
    };
    const full = async () => {
      await atPace();
      for (let n = 0; n < 20; n += 1) void begin(15_000, 'elsewhere');
    };

    it('is begun where that hangs: its fault is no load', async () => {
      await answered(20);
      await full();
      expect(await begin()).toMatchObject({ reason: 'BUSY' });
      jest.advanceTimersByTime(260);
      const before = ends.length;
      for (let n = 0; n < 10; n += 1) void begin();
      expect(ends).toHaveLength(before + 10);
    });

    it.each([
      ['that', 'directory', 5],
      ['another', 'intermediary', 50],
    ] as const)('is begun where that hangs after slow answers of %s', async (_whose, party, times) => {
      await answered(20);
      await answered(2000, times, party);
      await full();
      jest.advanceTimersByTime(600);
      const before = ends.length;
      for (let n = 0; n < 10; n += 1) void begin();
      expect(ends).toHaveLength(before + 10);
    });

    it('is refused where that takes as long as it does for all: then there is too much to do', async () => {
      await answered(600);
      await full();
      jest.advanceTimersByTime(1200);
      expect(await begin()).toMatchObject({ reason: 'BUSY' });
    });

    it('is refused where those that waited for it have gone on', async () => {
      await answered(20);
      await atPace();
      const answers: (() => void)[] = [];
      for (let n = ends.length; n < ROOM - 2; n += 1)
        void admission.within(nowMs + 15_000, async () => {
          await admission.elsewhere('directory', () => new Promise<void>((resolve) => answers.push(resolve)));
          await new Promise(() => undefined);
        });
      jest.advanceTimersByTime(260);
      for (const answer of answers) answer();
      for (let turns = 0; turns < 5; turns += 1) await Promise.resolve();
      for (let n = 0; n < 5; n += 1) void begin();
      expect(await begin()).toMatchObject({ reason: 'BUSY' });
    });
  });

  it('is begun on however slow a machine while there are few', async () => {
    await atPace();
    while (ends.length > 20) await endOne();
    nowMs += 60_000;
    void begin();
    expect(ends).toHaveLength(21);
  });

  it('is not refused for one pause of all', async () => {
    await atPace();
    for (let n = 0; n < 5; n += 1) {
      nowMs += PACE_MS;
      await endOne();
    }
    nowMs += 5000;
    await endOne();
    void begin();
    expect(ends).toHaveLength(40 - 5 - 1 + 1);
  });
});

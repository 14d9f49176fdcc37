import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RpcFailure } from '../../../src/platform/grpc-client.js';
import { gaveNothing, NotAsked } from '../../../src/platform/guard/shared-party.js';
import type { Reason } from '../../../src/platform/reasons.js';
import { sharedParties } from '../../support/shared-parties.js';

const LIMITS = { most: 4, queue: 1, failures: 3, pauseMs: 100 };

const down = new RpcFailure(status.UNAVAILABLE, undefined, undefined);
const slow = new RpcFailure(status.DEADLINE_EXCEEDED, undefined, undefined);
const saying = (code: status, reason: Reason) => new RpcFailure(code, reason, undefined);

function aParty(over: Partial<typeof LIMITS & { repeatShare: number }> = {}) {
  const parties = sharedParties({ ...LIMITS, ...over });
  const party = parties.of('directory', { isFirstAskedByOne: true });
  const waiting = { deadline: Date.now() + 60_000, signal: new AbortController().signal };
  const asked: string[] = [];
  const ask = (answer: () => Promise<string> = async () => 'answer', call: Partial<typeof waiting> = {}) =>
    party.call({ ...waiting, ...call }, () => {
      asked.push('asked');
      return answer();
    });
  const fail = async (failure: Error, count = LIMITS.failures, call: Partial<typeof waiting> = {}) => {
    for (let i = 0; i < count; i += 1) await expect(ask(() => Promise.reject(failure), call)).rejects.toBe(failure);
  };
  return { parties, party, waiting, asked, ask, fail };
}

const isAsked = async (ask: () => Promise<unknown>) =>
  ask().then(
    () => true,
    (error: unknown) => !(error instanceof NotAsked),
  );

describe('a party that every exchange needs', () => {
  it('is asked as without a guard, and its failures are told as they are', async () => {
    const { ask, fail } = aParty();
    expect(await ask()).toBe('answer');
    await fail(down, 1);
    await expect(ask(() => Promise.reject(new TypeError('a bug')))).rejects.toThrow('a bug');
  });

  it.each([
    ['is not there', down],
    ['does not answer in time', slow],
    ['has no database', saying(status.UNAVAILABLE, 'STORE_UNAVAILABLE')],
    ['has a fault of its own', saying(status.INTERNAL, 'INTERNAL')],
    ['is overrun', saying(status.RESOURCE_EXHAUSTED, 'BUSY')],
  ])(
    'is refused at once for a moment where it %s, with the time until it is worth it; others are asked',
    async (_, it) => {
      const { parties, party, waiting, asked, ask, fail } = aParty();
      await fail(it);
      const refused = await ask().catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(NotAsked);
      expect((refused as NotAsked).delayMs).toBeLessThanOrEqual(LIMITS.pauseMs);
      expect(() => party.demandAskable(waiting.deadline)).toThrow(NotAsked);
      await expect(party.turn(waiting)).rejects.toBeInstanceOf(NotAsked);
      expect(asked).toHaveLength(LIMITS.failures);
      expect(await parties.of('another').call(waiting, async () => 'answer')).toBe('answer');
    },
  );

  it('is asked again after that moment, by one first', async () => {
    const { party, waiting, asked, ask, fail } = aParty();
    await fail(down);
    await sleep(LIMITS.pauseMs + 20);
    const { promise, resolve } = Promise.withResolvers<string>();
    const first = ask(() => promise);
    const others = await Promise.allSettled([ask(), ask(), ask()]);
    for (const other of others) expect(other).toMatchObject({ status: 'rejected', reason: { code: 'suspended' } });
    expect(asked).toHaveLength(LIMITS.failures + 1);
    resolve('answer');
    expect(await first).toBe('answer');
    expect(await ask()).toBe('answer');
    expect(() => party.demandAskable(waiting.deadline)).not.toThrow();
  });

  it.each([
    ['a refusal', saying(status.PERMISSION_DENIED, 'TRANSFER_NOT_PERMITTED')],
    ['nobody', saying(status.NOT_FOUND, 'SUBJECT_NOT_AVAILABLE')],
    ['enough of a consumer', saying(status.RESOURCE_EXHAUSTED, 'REGISTER_RATE_LIMITED')],
    ['used up by a consumer', saying(status.RESOURCE_EXHAUSTED, 'RATE_LIMITED')],
    ['too much', new RpcFailure(status.RESOURCE_EXHAUSTED, undefined, undefined, [], {}, true)],
  ])('is asked on after any answer: %s', async (_what, answer) => {
    const { ask, fail } = aParty();
    await fail(answer, 10);
    expect(await isAsked(ask)).toBe(true);
  });

  it('is not suspended by those who hang up or leave it less than its time', async () => {
    const { ask, fail } = aParty();
    await fail(slow, 10, { deadline: Date.now() + 500 });
    await fail(down, 10, { signal: AbortSignal.abort() });
    expect(await isAsked(ask)).toBe(true);
  });

  it('that hangs holds so many, lets so many wait, and the next are told at once', async () => {
    const { parties, ask } = aParty();
    await ask();
    const hanging = new Promise<string>(() => undefined);
    for (let i = 0; i < LIMITS.most + LIMITS.queue; i += 1) void ask(() => hanging).catch(() => undefined);
    await expect(ask()).rejects.toMatchObject({ code: 'busy' });
    expect(parties.loads()).toEqual([
      { party: 'directory', isSuspended: false, running: LIMITS.most, waiting: LIMITS.queue },
    ]);
  });

  it('gets no more repeats than their share, and none while it is suspended', async () => {
    const { party, waiting } = aParty({ repeatShare: 0.1, failures: 50 });
    let asked = 0;
    const failing = () => {
      asked += 1;
      return Promise.reject(asked % 2 === 0 ? saying(status.NOT_FOUND, 'SUBJECT_NOT_AVAILABLE') : down);
    };
    for (let i = 0; i < 20; i += 1) await party.callTwice(waiting, failing, gaveNothing).catch(() => undefined);
    expect(asked).toBeLessThanOrEqual(20 + 1 + 3);
    const dead = aParty({ repeatShare: 1, failures: 1 });
    let calls = 0;
    const dying = () => {
      calls += 1;
      return Promise.reject(down);
    };
    await expect(dead.party.callTwice(dead.waiting, dying, gaveNothing)).rejects.toBe(down);
    expect(calls).toBe(1);
  });
});

describe('a party that hangs', () => {
  /** Of a call that was given nine tenths of a second; less says nothing of it to those with more. */
  const [WHOLE_MS, LITTLE_MS] = [900, 400];

  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }));
  afterEach(() => void jest.useRealTimers());

  function aHangingParty() {
    const made = aParty({ most: 256 });
    const hang = (leftMs: number) => {
      const given = { deadline: Date.now() + leftMs };
      const inVain = () =>
        new Promise<string>((_, reject) => {
          setTimeout(() => reject(slow), leftMs);
        });
      return made.ask(inVain, given).catch((error: unknown) => error);
    };
    const passing = async <T>(ms: number, ended: Promise<T>): Promise<T> => {
      await jest.advanceTimersByTimeAsync(ms);
      return ended;
    };
    const waitInVain = (leftMs: number, callers = LIMITS.failures) =>
      passing(leftMs, Promise.all(Array.from({ length: callers }, () => hang(leftMs))));
    return { ...made, hang, passing, waitInVain };
  }

  it('is not waited for by those with as little time as several have waited in vain; those with more ask (ADR 142)', async () => {
    const { party, ask, waitInVain } = aHangingParty();
    await ask();
    await waitInVain(LITTLE_MS, LIMITS.failures - 1);
    expect(() => party.demandAskable(Date.now() + LITTLE_MS)).not.toThrow();
    await waitInVain(LITTLE_MS, 1);
    const refused = await ask(undefined, { deadline: Date.now() + LITTLE_MS }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'suspended', delayMs: LIMITS.pauseMs });
    expect(() => party.demandAskable(Date.now() + LITTLE_MS)).toThrow(NotAsked);
    expect(() => party.demandAskable(Date.now() + LITTLE_MS * 1.2)).not.toThrow();
  });

  it('is tried after a pause by one of those, and by all again once it has answered anybody (ADR 142)', async () => {
    const { asked, ask, hang, passing, waitInVain } = aHangingParty();
    await ask();
    await waitInVain(LITTLE_MS);
    await jest.advanceTimersByTimeAsync(LIMITS.pauseMs);
    const before = asked.length;
    const ended = Promise.all([hang(LITTLE_MS), hang(LITTLE_MS), hang(LITTLE_MS)]);
    expect((await passing(LITTLE_MS, ended)).map((it) => it instanceof NotAsked)).toEqual([false, true, true]);
    expect(asked).toHaveLength(before + 1);
    expect(await ask()).toBe('answer');
    expect(await ask(undefined, { deadline: Date.now() + LITTLE_MS })).toBe('answer');
  });

  it('is not suspended for somebody by those who had less and hung up, or were answered in between (ADR 142)', async () => {
    const { party, ask, fail, waitInVain } = aHangingParty();
    await ask();
    await fail(slow, 10, { deadline: Date.now() + LITTLE_MS, signal: AbortSignal.abort() });
    for (let n = 0; n < 5; n += 1) {
      await waitInVain(LITTLE_MS, LIMITS.failures - 1);
      await ask();
    }
    expect(() => party.demandAskable(Date.now() + LITTLE_MS)).not.toThrow();
  });

  it('and was never heard from is asked by one, and the burst behind it is told as soon as that one waited its time (ADR 142)', async () => {
    const { asked, hang, passing } = aHangingParty();
    const first = hang(2000);
    const burst = Promise.all(Array.from({ length: 50 }, () => hang(2000)));
    await jest.advanceTimersByTimeAsync(WHOLE_MS - 1);
    expect(asked).toHaveLength(1);
    for (const told of await passing(1, burst)) expect(told).toMatchObject({ code: 'suspended' });
    expect(await passing(0, hang(2000))).toMatchObject({ code: 'suspended' });
    expect(await passing(2000 - WHOLE_MS, first)).toBe(slow);
    expect(asked).toHaveLength(1);
    // It counts as all that ten would have waited for: the pause begins, and one tries after it.
    expect(await passing(0, hang(2000))).toMatchObject({ code: 'suspended' });
    await jest.advanceTimersByTimeAsync(LIMITS.pauseMs);
    await passing(2000, Promise.all([hang(2000), hang(2000)]));
    expect(asked).toHaveLength(2);
  });

  it('and was never heard from holds nobody up longer than their own time, nor once it answers (ADR 142)', async () => {
    const { asked, ask, hang, passing } = aHangingParty();
    const { promise, resolve } = Promise.withResolvers<string>();
    const first = ask(() => promise);
    expect(await passing(LITTLE_MS, hang(LITTLE_MS))).toBeInstanceOf(NotAsked);
    const burst = Promise.all(Array.from({ length: 50 }, () => ask()));
    await jest.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(1);
    resolve('answer');
    expect([await first, ...new Set(await burst)]).toEqual(['answer', 'answer']);
    expect(asked).toHaveLength(51);
  });

  it('and was never heard from is asked by the next one where the first hung up or was refused a connection (ADR 142)', async () => {
    const { asked, ask, fail } = aHangingParty();
    const { promise, reject } = Promise.withResolvers<string>();
    const first = ask(() => promise).catch((error: unknown) => error);
    const second = ask();
    reject(down);
    expect([await first, await second]).toEqual([down, 'answer']);
    expect(asked).toHaveLength(2);
    await fail(down, LIMITS.failures - 1);
    expect(await ask()).toBe('answer');
  });
});

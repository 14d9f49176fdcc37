import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { RpcFailure } from '../../../src/platform/grpc-client.js';
import { NotAsked } from '../../../src/platform/guard/shared-party.js';
import type { Reason } from '../../../src/platform/reasons.js';
import { sharedParties } from '../../support/shared-parties.js';

const LIMITS = { most: 4, queue: 1, failures: 3, pauseMs: 100 };

const down = new RpcFailure(status.UNAVAILABLE, undefined, undefined);
const slow = new RpcFailure(status.DEADLINE_EXCEEDED, undefined, undefined);
const saying = (code: status, reason: Reason) => new RpcFailure(code, reason, undefined);

function aParty(over: Partial<typeof LIMITS & { repeatShare: number }> = {}) {
  const parties = sharedParties({ ...LIMITS, ...over });
  const party = parties.of('directory');
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
      expect(() => party.demandAskable()).toThrow(NotAsked);
      await expect(party.turn(waiting)).rejects.toBeInstanceOf(NotAsked);
      expect(asked).toHaveLength(LIMITS.failures);
      expect(await parties.of('another').call(waiting, async () => 'answer')).toBe('answer');
    },
  );

  it('is asked again after that moment, by one first', async () => {
    const { party, asked, ask, fail } = aParty();
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
    expect(() => party.demandAskable()).not.toThrow();
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
    for (let i = 0; i < 20; i += 1) await party.callTwice(waiting, failing).catch(() => undefined);
    expect(asked).toBeLessThanOrEqual(20 + 1 + 3);
    const dead = aParty({ repeatShare: 1, failures: 1 });
    let calls = 0;
    const dying = () => {
      calls += 1;
      return Promise.reject(down);
    };
    await expect(dead.party.callTwice(dead.waiting, dying)).rejects.toBe(down);
    expect(calls).toBe(1);
  });
});

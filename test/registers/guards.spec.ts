import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditReceipt } from '../../src/audit/log-store.js';
import { AdaptiveLimit, type Ending } from '../../src/platform/guard/adaptive-limit.js';
import { Bulkhead } from '../../src/platform/guard/bulkhead.js';
import { RepeatBudget } from '../../src/platform/guard/repeat-budget.js';
import { operationalLog } from '../../src/platform/operational-log.js';
import { GuardedRegisterGateway } from '../../src/registers/register-gateway.guarded.js';
import { type RegisterAnswer, RegisterGateway, statementOf } from '../../src/registers/register-gateway.js';
import type { RetrievalRequest } from '../../src/tokens/register-request.js';
import { anEntry } from '../audit/entries.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';

describe('how much a register is asked at once', () => {
  const having = (limit: AdaptiveLimit, tookMs: readonly number[], atOnce = 32, ending: Ending = 'answered') => {
    for (const [at, ms] of tookMs.entries()) limit.ended(ms, ending, atOnce, at * 10_000);
    return limit.value;
  };
  const times = (count: number, ms: number) => Array.from({ length: count }, () => ms);

  it('stays as configured while it answers as quickly as usual', () => {
    expect(having(new AdaptiveLimit(32), times(100, 40))).toBe(32);
  });

  it('falls while it answers slower than usual, never below one, and rises again', () => {
    const limit = new AdaptiveLimit(32);
    having(limit, times(50, 40));
    expect(having(limit, times(2, 500))).toBeLessThan(20);
    expect(having(limit, times(20, 2000))).toBe(1);
    const risen = having(limit, times(200, 40));
    expect(risen).toBeGreaterThan(10);
    expect(having(limit, times(2000, 40))).toBe(32);
  });

  it('does not fall below what others need in any case', () => {
    expect(having(new AdaptiveLimit(32, 8), [...times(50, 40), ...times(50, 2000)])).toBe(8);
  });

  it('does not rise where so much is not needed', () => {
    const limit = new AdaptiveLimit(32);
    having(limit, [...times(50, 40), ...times(10, 5000)]);
    const low = limit.value;
    expect(having(limit, times(500, 40), 1)).toBeLessThanOrEqual(Math.max(low, 3));
  });

  it('is cut once for what was under way together, and not by failures that came at once', () => {
    const limit = new AdaptiveLimit(32);
    having(limit, times(50, 40));
    for (let i = 0; i < 30; i += 1) limit.ended(2000, 'failed', 32, 1_000_000);
    expect(limit.value).toBe(24);
    for (let i = 0; i < 30; i += 1) limit.ended(0, 'failed', 32, 2_000_000);
    expect(limit.value).toBe(24);
    expect(having(limit, [40])).toBe(24);
  });

  it('rises again where a party that was slow says quickly that there is nothing yet, and gives no answer any more', () => {
    const limit = new AdaptiveLimit(32);
    having(limit, times(50, 40));
    having(limit, times(10, 30), 32, 'declined');
    expect(having(limit, times(2, 500), 32, 'declined')).toBeLessThan(20);
    expect(having(limit, times(20, 2000), 32, 'failed')).toBe(1);
    expect(having(limit, times(2000, 30), 32, 'declined')).toBe(32);
  });

  it('rises by what is declined no faster than by answers in the same time, however many are', () => {
    const limit = new AdaptiveLimit(32);
    having(limit, times(50, 400));
    expect(having(limit, times(20, 5000), 32, 'failed')).toBe(1);
    expect(having(limit, times(400, 1), 32, 'declined')).toBe(1);
    expect(having(limit, times(20_000, 20), 32, 'declined')).toBe(32);
  });

  it('takes no answer for slow because a no was quick, and no "later" because an answer is quicker', () => {
    const limit = new AdaptiveLimit(32);
    having(limit, times(50, 1), 32, 'declined');
    expect(having(limit, times(50, 150))).toBe(32);
    const other = new AdaptiveLimit(32);
    having(other, times(50, 5));
    expect(having(other, times(50, 100), 32, 'declined')).toBe(32);
  });

  it('falls where each no comes slower than usual, though there was never an answer', () => {
    const limit = new AdaptiveLimit(32);
    having(limit, times(50, 40), 32, 'declined');
    expect(having(limit, times(20, 2000), 32, 'declined')).toBe(1);
    expect(having(limit, times(2000, 40), 32, 'declined')).toBe(32);
  });
});

/** Work that ends when told. */
function aTask() {
  const { promise, resolve } = Promise.withResolvers<string>();
  const task = {
    isRunning: false,
    end: () => resolve('done'),
    work: () => {
      task.isRunning = true;
      return promise;
    },
  };
  return task;
}
const later = () => ({ deadline: Date.now() + 60_000, signal: new AbortController().signal });
const turns = async () => {
  for (let i = 0; i < 5; i += 1) await new Promise(setImmediate);
};

describe('a bulkhead', () => {
  it('lets so much in at once, lets so much wait, and nothing beyond', async () => {
    const bulkhead = new Bulkhead({ most: 2, queue: 1 });
    const tasks = [aTask(), aTask(), aTask(), aTask()];
    const runs = tasks.map(({ work }) => bulkhead.run(later(), work));
    await turns();
    expect(tasks.map(({ isRunning }) => isRunning)).toEqual([true, true, false, false]);
    expect([await runs[3], bulkhead.isFull]).toEqual([undefined, true]);
    tasks[1]!.end();
    expect(await runs[1]).toBe('done');
    await turns();
    expect(tasks[2]!.isRunning).toBe(true);
    for (const task of tasks) task.end();
    expect(await Promise.all(runs)).toEqual(['done', 'done', 'done', undefined]);
  });

  it('gives a place back whatever becomes of the work', async () => {
    const bulkhead = new Bulkhead({ most: 1, queue: 0 });
    await expect(bulkhead.run(later(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await bulkhead.run(later(), async () => 'done')).toBe('done');
  });

  it('lets nobody wait for what does not move, and as long as they like for what does', async () => {
    const bulkhead = new Bulkhead({ most: 2, queue: 2, stallMs: 600 });
    const hanging = [aTask(), aTask()];
    const held = hanging.map(({ work }) => bulkhead.run(later(), work));
    const began = performance.now();
    expect(await bulkhead.run(later(), async () => 'never')).toBeUndefined();
    expect(performance.now() - began).toBeGreaterThanOrEqual(595);
    // One after the other ends, each sooner than that: the last of them has waited longer.
    const moving = Array.from({ length: 2 }, () => bulkhead.run(later(), () => sleep(50, 'done')));
    hanging[0]!.end();
    expect(await Promise.all(moving)).toEqual(['done', 'done']);
    hanging[1]!.end();
    await Promise.all(held);
  });

  it('lets everybody wait for what always takes longer than that', async () => {
    const bulkhead = new Bulkhead({ most: 2, queue: 2, stallMs: 100 });
    bulkhead.took(60_000, 'answered');
    const busy = [aTask(), aTask()];
    const held = busy.map(({ work }) => bulkhead.run(later(), work));
    const waiting = bulkhead.run(later(), async () => 'done');
    await sleep(300);
    expect(bulkhead.load).toEqual({ running: 2, waiting: 1 });
    for (const task of busy) task.end();
    expect(await waiting).toBe('done');
    await Promise.all(held);
  });

  it('lets nobody wait beyond their deadline, or after they left', async () => {
    const bulkhead = new Bulkhead({ most: 1, queue: 2 });
    const task = aTask();
    const first = bulkhead.run(later(), task.work);
    const leaving = new AbortController();
    const left = bulkhead.run({ ...later(), signal: leaving.signal }, task.work);
    leaving.abort();
    expect(await left).toBeUndefined();
    expect(await bulkhead.run({ ...later(), deadline: Date.now() + 5 }, task.work)).toBeUndefined();
    expect(await bulkhead.run({ ...later(), signal: AbortSignal.abort() }, task.work)).toBeUndefined();
    task.end();
    await first;
    expect(await bulkhead.run(later(), async () => 'next')).toBe('next');
  });
});

describe('repeats', () => {
  it('add no more to the load of a register than their share, however much of it fails', () => {
    const budget = new RepeatBudget(0.1);
    let repeats = 0;
    for (let i = 0; i < 1000; i += 1) {
      budget.earn('a');
      if (budget.spend('a')) repeats += 1;
    }
    expect(repeats).toBeGreaterThanOrEqual(99);
    expect(repeats).toBeLessThanOrEqual(101);
  });

  it('are saved up for a while, not for ever, and not for another register', () => {
    const budget = new RepeatBudget(0.1);
    for (let i = 0; i < 10_000; i += 1) budget.earn('a');
    expect(Array.from({ length: 20 }, () => budget.spend('a')).filter(Boolean)).toHaveLength(10);
    expect([budget.spend('b'), budget.spend('b')]).toEqual([true, false]);
    expect(new RepeatBudget(0).spend('a')).toBe(false);
  });
});

describe('registers behind guards', () => {
  let receipt: AuditReceipt;
  beforeAll(async () => {
    const log = new MemoryLogStore(logSigner, new MemoryKeyVault(), new FixedClock());
    receipt = (await log.append([anEntry()]))[0]!;
  });

  const LIMITS = { most: 4, queue: 1, failures: 3, pauseMs: 100, registerTimeoutMs: 1000 };
  const EVIDENCE: RegisterAnswer = { kind: 'evidence', jwe: 'jwe' };
  const DOWN: RegisterAnswer = { kind: 'unavailable', cause: 'UNAVAILABLE', repeatable: true };
  const TIMEOUT: RegisterAnswer = { kind: 'unavailable', cause: 'DEADLINE_EXCEEDED' };
  const tokens = { permission: 'p', trigger: 't' };

  class Answering extends RegisterGateway {
    readonly asked: string[] = [];
    answer: (register: string) => RegisterAnswer | Promise<RegisterAnswer> = () => EVIDENCE;
    override async ask(_receipt: AuditReceipt, { register }: RetrievalRequest): Promise<RegisterAnswer> {
      this.asked.push(register);
      return this.answer(register);
    }
  }

  const behind = (inner: RegisterGateway) => {
    const gateway = new GuardedRegisterGateway(inner, LIMITS, operationalLog('node', 'silent'));
    const ask = (register = 'a', call: Partial<{ deadline: number; signal: AbortSignal }> = {}) =>
      gateway.ask(receipt, { register } as RetrievalRequest, tokens, {
        ...{ deadline: Date.now() + 60_000, signal: new AbortController().signal, late: () => undefined },
        ...call,
      });
    const fail = async (answer: RegisterAnswer, count = 3, call = {}) => {
      (inner as Answering).answer = () => answer;
      for (let i = 0; i < count; i += 1) await ask('a', call);
    };
    return { gateway, ask, fail };
  };

  it('are asked as without a guard', async () => {
    const { gateway, ask } = behind(new Answering());
    expect(gateway.notNow('a')).toBeUndefined();
    expect(await ask()).toEqual(EVIDENCE);
  });

  it('that fail several times in a row are not asked for a while, with the time from which it is worth it; others are', async () => {
    const inner = new Answering();
    const { gateway, ask, fail } = behind(inner);
    await fail(DOWN);
    expect(gateway.notNow('a')?.reason).toBe('REGISTER_SUSPENDED');
    const answer = await ask();
    expect(answer).toMatchObject({ kind: 'not-asked', reason: 'REGISTER_SUSPENDED' });
    expect(statementOf(answer)).toEqual({ answered: 'not_asked' });
    expect((answer as { untilMs: number }).untilMs - Date.now()).toBeLessThanOrEqual(LIMITS.pauseMs);
    expect(inner.asked).toHaveLength(3);
    inner.answer = () => EVIDENCE;
    expect([gateway.notNow('b'), await ask('b')]).toEqual([undefined, EVIDENCE]);
  });

  it.each<[string, RegisterAnswer]>([
    ['no record', { kind: 'not-available' }],
    ['a refusal', { kind: 'refused', reason: 'REPLAY' }],
    ['later', { kind: 'deferred', availableAt: 1 }],
    ['an answer that is none', { kind: 'unavailable', cause: 'EMPTY_ANSWER', hasAnswered: true }],
    ['a fault of one record', { kind: 'unavailable', cause: 'RECORD_FAULTY', ofRecord: true }],
  ])('are asked on after any answer: %s', async (_what, answer) => {
    const { gateway, fail } = behind(new Answering());
    await fail(answer, 10);
    expect(gateway.notNow('a')).toBeUndefined();
  });

  const SHORT = () => ({ deadline: Date.now() + LIMITS.registerTimeoutMs * 0.8 });
  const LEFT = { signal: AbortSignal.abort() };

  it('are not suspended by those who hang up or leave them less than their time', async () => {
    const { gateway, fail } = behind(new Answering());
    await fail(TIMEOUT, 10, SHORT());
    await fail(DOWN, 10, LEFT);
    expect(gateway.notNow('a')).toBeUndefined();
    await fail(TIMEOUT);
    expect(gateway.notNow('a')?.reason).toBe('REGISTER_SUSPENDED');
  });

  it.each([
    ['leave them less than their time', TIMEOUT, SHORT],
    ['hang up', DOWN, () => LEFT],
  ])('are not kept in service while they hang by those who %s', async (_who, answer, call) => {
    const { gateway, fail } = behind(new Answering());
    for (let i = 0; i < LIMITS.failures; i += 1) {
      await fail(answer, 1, call());
      await fail(TIMEOUT, 1);
    }
    expect(gateway.notNow('a')?.reason).toBe('REGISTER_SUSPENDED');
  });

  it('are not asked again because the one who tried left; the next one tries, without another pause', async () => {
    const { gateway, ask, fail } = behind(new Answering());
    await fail(DOWN);
    await sleep(LIMITS.pauseMs + 20);
    await fail(TIMEOUT, 1, SHORT());
    expect(gateway.notNow('a')).toBeUndefined();
    expect(await ask()).toEqual(TIMEOUT);
    expect(gateway.notNow('a')?.reason).toBe('REGISTER_SUSPENDED');
  });

  it('keep their limit whatever others cut off or are refused at once', async () => {
    const inner = new Answering();
    const { gateway, ask } = behind(inner);
    const answering = async (answer: RegisterAnswer, afterMs: number, call = {}) => {
      inner.answer = () => sleep(afterMs, answer);
      await ask('a', call);
    };
    await answering(EVIDENCE, 150);
    for (let i = 0; i < 15; i += 1) {
      await answering(TIMEOUT, 1, SHORT());
      await answering({ kind: 'refused', reason: 'REGISTER_RATE_LIMITED' }, 1);
    }
    for (let i = 0; i < 3; i += 1) await answering(EVIDENCE, 150);
    const hanging = new Promise<RegisterAnswer>(() => undefined);
    inner.answer = () => hanging;
    for (let i = 0; i < LIMITS.most; i += 1) void ask();
    await turns();
    expect([inner.asked.length, gateway.notNow('a')]).toEqual([1 + 30 + 3 + LIMITS.most, undefined]);
  });

  it('have room for others after a slow spell, also while all that they say is "later"', async () => {
    const inner = new Answering();
    const { gateway, ask } = behind(inner);
    const together = (count: number, answer: RegisterAnswer, afterMs: number) => {
      inner.answer = () => sleep(afterMs, answer);
      return Promise.all(Array.from({ length: count }, () => ask()));
    };
    const LATER: RegisterAnswer = { kind: 'deferred', availableAt: 1 };
    for (let i = 0; i < 3; i += 1) await together(4, EVIDENCE, 5);
    await together(4, LATER, 5);
    for (let i = 0; i < 8; i += 1) await together(1, LATER, 60);
    const most = LIMITS.most + LIMITS.queue;
    expect((await together(most, LATER, 5)).filter(({ kind }) => kind === 'not-asked').length).toBeGreaterThan(0);
    let refused = most;
    for (let i = 0; i < 100 && refused > 0; i += 1)
      refused = (await together(most, LATER, 5)).filter(({ kind }) => kind === 'not-asked').length;
    expect([refused, gateway.notNow('a')]).toEqual([0, undefined]);
  });

  it('are tried by one request after the pause, and asked again if that succeeds', async () => {
    const inner = new Answering();
    const { gateway, ask, fail } = behind(inner);
    await fail(DOWN);
    await sleep(LIMITS.pauseMs + 20);
    expect(gateway.notNow('a')).toBeUndefined();
    let answer = (_: RegisterAnswer): void => undefined;
    inner.answer = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const probe = ask();
    await turns();
    // The others are told at once, and do not wait for what becomes of it.
    expect(await Promise.all([ask(), ask()])).toMatchObject([{ kind: 'not-asked' }, { kind: 'not-asked' }]);
    answer(EVIDENCE);
    expect([await probe, inner.asked.length, gateway.notNow('a')]).toEqual([EVIDENCE, 4, undefined]);
  });

  it('stay unasked where the try fails', async () => {
    const { gateway, ask, fail } = behind(new Answering());
    await fail(DOWN);
    await sleep(LIMITS.pauseMs + 20);
    expect(await ask()).toEqual(DOWN);
    expect(gateway.notNow('a')?.reason).toBe('REGISTER_SUSPENDED');
  });

  it('that hang hold what waits for them, and nobody else', async () => {
    const inner = new Answering();
    const { gateway, ask } = behind(inner);
    const hanging = new Promise<RegisterAnswer>(() => undefined);
    inner.answer = (register) => (register === 'a' ? hanging : EVIDENCE);
    const asked = Array.from({ length: 4 }, () => ask());
    const leaving = new AbortController();
    const waiting = ask('a', { signal: leaving.signal });
    await turns();
    expect(gateway.notNow('a')?.reason).toBe('REGISTER_BUSY');
    expect(await ask()).toMatchObject({ kind: 'not-asked', reason: 'REGISTER_BUSY' });
    expect(await ask('b')).toEqual(EVIDENCE);
    leaving.abort();
    expect(await waiting).toMatchObject({ kind: 'not-asked' });
    expect([asked.length, inner.asked.filter((it) => it === 'a').length]).toEqual([4, 4]);
  });

  it('are the same for nobody: who sends nothing waits for the same turn, and is told the same (IDNrG § 6 Abs. 5)', async () => {
    const inner = new Answering();
    const { gateway, ask, fail } = behind(inner);
    const task = Promise.withResolvers<RegisterAnswer>();
    inner.answer = () => task.promise;
    const asked = Array.from({ length: LIMITS.most }, () => ask());
    const first = gateway.turn('a', later());
    await turns();
    expect(await gateway.turn('a', later())).toMatchObject({ reason: 'REGISTER_BUSY' });
    task.resolve(EVIDENCE);
    expect([await first, inner.asked.length]).toEqual([undefined, LIMITS.most]);
    await Promise.all(asked);
    await fail(DOWN);
    expect(await gateway.turn('a', later())).toMatchObject({ reason: 'REGISTER_SUSPENDED' });
    await sleep(LIMITS.pauseMs + 20);
    // It tries nothing, and says nothing of the register.
    expect([await gateway.turn('a', later()), await ask()]).toEqual([undefined, DOWN]);
  });

  it('let their faults through as they are', async () => {
    const inner = new Answering();
    const { ask } = behind(inner);
    inner.answer = () => Promise.reject(new TypeError('a bug'));
    await expect(ask()).rejects.toThrow('a bug');
  });
});

import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Metadata } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { notBefore, type ServerCall, waitingOf } from '../../src/platform/call.js';

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

describe('how long somebody waits', () => {
  /** A call that is listened to for a minute. */
  const aCall = (waits?: string) => {
    const metadata = new Metadata();
    if (waits !== undefined) metadata.set('einmal-waits-ms', waits);
    const listened = Date.now() + 60_000;
    const call = Object.assign(new EventEmitter(), { metadata, cancelled: false, getDeadline: () => listened });
    return { call, listened, waiting: waitingOf(call as unknown as ServerCall) };
  };

  it('is as long as the call, or as the caller says where that is less', async () => {
    const { listened, waiting } = aCall();
    expect(waiting.deadline).toBe(listened);
    expect(aCall('3600000').waiting.deadline).toBeLessThanOrEqual(Date.now() + 60_000);
    const short = aCall('20').waiting;
    expect(short.deadline).toBeLessThanOrEqual(Date.now() + 20);
    if (!short.signal.aborted) await once(short.signal, 'abort');
    expect(waiting.signal.aborted).toBe(false);
  });

  it.each(['', '-1', '1e3', ' 5', '999999999', 'soon'])('is not made shorter by what says nothing: %j', (waits) => {
    const { listened, waiting } = aCall(waits);
    expect([waiting.deadline, waiting.signal.aborted]).toEqual([listened, false]);
  });

  it('ends once, with the reason of what came first', async () => {
    const { call, waiting } = aCall('20');
    if (!waiting.signal.aborted) await once(waiting.signal, 'abort');
    call.emit('cancelled');
    expect(waiting.signal.reason).toMatchObject({ name: 'TimeoutError' });
    const left = aCall('20');
    left.call.emit('cancelled');
    await sleep(40);
    expect(left.waiting.signal.reason).toMatchObject({ name: 'AbortError' });
  });

  it('ends when the call is cancelled', () => {
    for (const waits of [undefined, '5000']) {
      const { call, waiting } = aCall(waits);
      call.emit('cancelled');
      expect(waiting.signal.aborted).toBe(true);
    }
  });
});

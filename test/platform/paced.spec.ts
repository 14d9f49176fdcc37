import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { ServerCall } from '../../src/platform/call.js';
import { paced } from '../../src/platform/paced.js';

/** A call whose reader is told by hand to be slow, to go on, or to leave. */
class FakeCall extends EventEmitter {
  cancelled = false;
  writableNeedDrain = false;
}

function aStream() {
  const call = new FakeCall();
  const made: number[] = [];
  const taken: number[] = [];
  let isClosed = false;
  const source = async function* () {
    try {
      for (let i = 0; i < 10; i += 1) {
        made.push(i);
        yield i;
      }
    } finally {
      isClosed = true;
    }
  };
  const done = (async () => {
    for await (const it of paced(source(), call as unknown as ServerCall)) taken.push(it);
  })();
  return { call, made, taken, done, isClosed: () => isClosed };
}

describe('a server stream', () => {
  it('gives everything in order', async () => {
    const { taken, done } = aStream();
    await done;
    expect(taken).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('makes nothing that a slow reader has not asked for', async () => {
    const { call, made, taken, done } = aStream();
    call.writableNeedDrain = true;
    for (let i = 0; i < 20; i += 1) await turn();
    expect([made, taken]).toEqual([[0], [0]]);
    call.writableNeedDrain = false;
    call.emit('drain');
    await done;
    expect(taken).toHaveLength(10);
  });

  it('ends with its reader, and its source with it', async () => {
    const { call, made, done, isClosed } = aStream();
    call.writableNeedDrain = true;
    await turn();
    call.cancelled = true;
    call.emit('cancelled');
    await done;
    expect([made.length < 10, isClosed()]).toEqual([true, true]);
  });
});

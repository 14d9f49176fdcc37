import { once } from 'node:events';
import { type ServerCall, signalOf } from './call.js';

/** Messages of a server stream at the pace of their reader, until it leaves: a stream of any length piles up nowhere. */
export async function* paced<Message>(messages: AsyncIterable<Message>, call: ServerCall): AsyncGenerator<Message> {
  const signal = signalOf(call);
  for await (const message of messages) {
    if (signal.aborted) return;
    yield message;
    if ('writableNeedDrain' in call && call.writableNeedDrain)
      await once(call, 'drain', { signal }).catch(() => undefined);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

const FORMS = 3;
/** Shorter than a node waits for the lock, longer than it takes from a request to the first register. */
const HELD_MS = 2500;

/**
 * The node dies while it waits for the log: what it wanted to open is not there and never will be. Whoever was asked all
 * the same was asked without an entry (FZV § 68).
 */
export const killWaitingNode: Fault = {
  name: 'kill-waiting-node',
  what: 'kill -9 of the node while it waits for the log with new exchanges',
  needs: 'exchanges',
  share: 2,
  async inject(system) {
    const { node, database } = system;
    const forms = await system.decided(FORMS);
    const client = await database.connect();
    try {
      await client.query('begin; select from log.head for update');
      const answers = Promise.allSettled(forms.map((fill) => fill()));
      await sleep(HELD_MS);
      await node.kill();
      await answers;
    } finally {
      await client.query('rollback').catch(() => undefined);
      client.release();
    }
    const why = await node.start();
    if (why !== undefined) throw new Error(why);
    return { kills: 1 };
  },
};

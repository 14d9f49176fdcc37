import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** A synchronous standby follows under load; then the server dies, and the standby is promoted in its place. */
export const failOver: Fault = {
  name: 'fail-over',
  what: 'immediate stop of PostgreSQL, its synchronous standby is promoted in its place',
  needs: 'log',
  share: 1,
  async inject({ cluster }, random) {
    await cluster.follow();
    await sleep(random.between(1000, 3000));
    const tookMs = await cluster.failOver();
    return { kills: 0, note: `the standby served after ${tookMs} ms` };
  },
};

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** PostgreSQL is torn down without a farewell and recovers from its WAL. */
export const stopPostgres: Fault = {
  name: 'stop-postgres',
  what: 'immediate stop of PostgreSQL, restart',
  needs: 'log',
  share: 3,
  async inject({ cluster }, random) {
    await cluster.stopImmediately();
    await sleep(random.between(0, 1000));
    await cluster.start();
    return { kills: 0 };
  },
};

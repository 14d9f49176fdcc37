import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** Log writers die at any moment, one after the other. */
export const killWriters: Fault = {
  name: 'kill-writers',
  what: 'kill -9 of log writers, wherever they are',
  needs: 'log',
  share: 2,
  async inject(system, random) {
    const count = random.between(1, system.writers.length);
    for (const writer of system.writers.slice(0, count)) {
      await sleep(random.between(0, 120));
      await writer.kill();
    }
    await system.restartAll();
    return { kills: count };
  },
};

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** Connections to the database are reset; in half of the cases the answers were lost for a while before, also those to COMMIT. */
export const cutConnections: Fault = {
  name: 'cut-connections',
  what: 'reset of all database connections of a process, half of them after a time without answers',
  needs: 'log',
  share: 4,
  async inject({ appenders, proxy }, random) {
    const hit = appenders.filter(() => random.chance(0.6));
    for (const { name } of hit.length > 0 ? hit : appenders) {
      if (random.chance(0.5)) {
        await proxy.mute(name);
        await sleep(random.between(5, 300));
      }
      await proxy.cut(name);
      await proxy.unmute(name);
    }
    return { kills: 0 };
  },
};

import { setTimeout as sleep } from 'node:timers/promises';
import { keepTo, mayTakeProcessors, processorsOf } from '../processors.js';
import type { Fault } from './fault.js';

/** All processes, load and database with them, share one processor: what waited for two waits for one, and nobody may be told anything untrue. */
export const takeCore: Fault = {
  name: 'take-core',
  what: 'all processes on one processor, the database and the load too',
  needs: 'log',
  share: 1,
  async inject(system, random) {
    if (!mayTakeProcessors()) return { kills: 0, impossible: 'one processor, or no taskset' };
    const { cluster, appenders, database } = system;
    const all = processorsOf(process.pid);
    const one = /^\d+/.exec(all)?.[0] ?? '0';
    const family = [process.pid, cluster.pid];
    const silent = system.silentFromNow();
    try {
      await keepTo(one, family);
      await sleep(random.between(3000, 6000));
      const { rows } = await database.query<{ pid: number }>('select pg_backend_pid() as pid');
      const kept = [...appenders.map(({ pid }) => pid), rows[0]?.pid].filter((pid) => pid !== undefined);
      const elsewhere = kept.filter((pid) => processorsOf(pid) !== one);
      if (elsewhere.length > 0) throw new Error(`${elsewhere.length} processes ran on as before`);
      return { kills: 0, violations: silent().map((name) => `${name} gave no answer on one processor`) };
    } finally {
      await keepTo(all, family);
    }
  },
};

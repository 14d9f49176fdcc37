import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * The wall clocks of the processes are set back while they run, that of a writer into another month; and the log is ahead
 * of the clock of the database, as after that one was set back.
 */
export const setClockBack: Fault = {
  name: 'set-clock-back',
  what: 'clocks of all processes set back while they run, and that of the database behind the log',
  needs: 'log',
  share: 1,
  async inject(system, random) {
    const shifts = [
      -random.between(1, 50) * 1000,
      -random.between(2, 60) * MINUTE_MS,
      -random.between(28, 60) * DAY_MS,
    ];
    // A node takes tokens that are up to a minute from the future, and no older ones.
    for (const [i, appender] of system.appenders.entries())
      appender.setClock(shifts[appender === system.writers[i] ? i % shifts.length : 0] ?? 0);
    await system.database.query(`
      begin;
      set local session_replication_role = replica;
      update log.head set log_time = log_time + interval '${random.between(1, 4)} seconds';
      commit`);
    await sleep(random.between(1500, 3000));
    for (const appender of system.appenders) appender.setClock(0);
    return { kills: 0 };
  },
};

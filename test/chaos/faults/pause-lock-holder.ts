import { setTimeout as sleep } from 'node:timers/promises';
import { delayBy, pauseLockHolder } from '../lock-holder.js';
import type { Fault } from './fault.js';
import { lateness } from './lateness.js';

/**
 * A process is paused between the lock of the head and its commit, as by a debugger or a sleeping machine. It wakes up
 * long after others have gone on, and after the expiry of what it had open.
 */
export const pauseHolder: Fault = {
  name: 'pause-lock-holder',
  what: 'SIGSTOP of the process that holds the lock of the head, SIGCONT after 2 to 5 s',
  needs: 'log',
  share: 3,
  async inject(system, random) {
    const { appender, holder } = await pauseLockHolder(system);
    try {
      const [delay] = await Promise.all([delayBy(system.database, holder), sleep(random.between(2000, 5000))]);
      return { kills: 0, ...lateness(delay) };
    } finally {
      appender.signal('SIGCONT');
    }
  },
};

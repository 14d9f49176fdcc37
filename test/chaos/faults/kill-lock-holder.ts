import { delayBy, pauseLockHolder } from '../lock-holder.js';
import type { Fault } from './fault.js';
import { lateness } from './lateness.js';

/** A process dies between the lock of the head and its commit: nothing of its batch is written, and the others go on. */
export const killLockHolder: Fault = {
  name: 'kill-lock-holder',
  what: 'kill -9 of the process that holds the lock of the head',
  needs: 'log',
  share: 6,
  async inject(system) {
    // Paused first, so that it still holds the lock when it is killed.
    const { appender, holder } = await pauseLockHolder(system);
    const delay = delayBy(system.database, holder);
    await appender.kill();
    const measured = await delay;
    await system.restartAll();
    return { kills: 1, ...lateness(measured) };
  },
};

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';
import { backUp } from './old-backup.js';

const SERVED_MS = 1500;

/** As `restore-backup`, but nobody is restarted: whoever runs has written more than the database has, and appends nothing. */
export const restoreBeneath: Fault = {
  name: 'restore-beneath',
  what: 'an older copy of the whole cluster restored beneath running processes: nobody goes on over it',
  needs: 'log',
  share: 1,
  async inject(system) {
    const { cluster, appenders, seen } = system;
    await backUp(system);
    await cluster.stop();
    const restored = await cluster.restoreBackup();
    // What was answered before and is only heard now.
    await sleep(SERVED_MS);
    const before = new Map(appenders.map(({ name }) => [name, seen.answersOf(name)]));
    await cluster.start();
    await sleep(SERVED_MS);
    const violations = [...before]
      .filter(([name, answers]) => seen.answersOf(name) > answers)
      .map(([name]) => `${name} went on over an older state of the database`);
    const kills = await system.killAll();
    await cluster.stop();
    await restored.undo();
    await cluster.start();
    const isOver = violations.length > 0;
    if (!isOver) await system.restartAll();
    return { kills, violations, isOver };
  },
};

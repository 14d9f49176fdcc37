import type { Appender } from '../system.js';
import type { Fault } from './fault.js';
import { backUp } from './old-backup.js';

/** docs/operations.md, The checkpoint file. */
const REFUSAL = /the database has \d+ entries, \d+ were acknowledged; run "einmal audit recover"/;

/** The files of the stopped cluster are copied, and come back later in the place of newer ones. Nobody may serve over them. */
export const restoreBackup: Fault = {
  name: 'restore-backup',
  what: 'an older copy of the whole cluster restored: nobody starts over it',
  needs: 'log',
  share: 1,
  async inject(system) {
    const { cluster } = system;
    await backUp(system);
    const kills = await system.killAll();
    await cluster.stop();
    const restored = await cluster.restoreBackup();
    await cluster.start();
    const violations = (await Promise.all(system.appenders.map(refusesToStart))).flat();
    await cluster.stop();
    await restored.undo();
    await cluster.start();
    const isOver = violations.length > 0;
    if (!isOver) await system.restartAll();
    return { kills, violations, isOver };
  },
};

async function refusesToStart(appender: Appender): Promise<readonly string[]> {
  const why = await appender.start();
  await appender.kill();
  if (why === undefined) return [`${appender.name} serves over an older state of the database`];
  return REFUSAL.test(why) ? [] : [`${appender.name} does not say that the database is behind: ${why}`];
}

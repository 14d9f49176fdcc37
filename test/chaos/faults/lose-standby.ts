import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

const CANCELS = 20;
const LOOKS = 1000;

/**
 * The synchronous standby is cut off: commits wait. Somebody cancels them, and PostgreSQL says of each that it succeeded, with a
 * warning. Then the server is lost and the standby promoted, which has none of them: nobody may have been told otherwise.
 */
export const loseStandby: Fault = {
  name: 'lose-standby',
  what: 'the synchronous standby is cut off, waiting commits are cancelled, then it is promoted',
  needs: 'log',
  share: 1,
  async inject({ cluster, database, appenders, writers }, random) {
    await cluster.follow();
    await sleep(random.between(500, 1500));
    // Its witnesses would vouch for entries that only the lost server has, and rightly dispute the log without them.
    const witnessed = appenders.filter((it) => !writers.some((writer) => writer === it));
    for (const it of witnessed) it.signal('SIGSTOP');
    await cluster.part();
    let cancelled = 0;
    for (let look = 0; look < LOOKS && cancelled < CANCELS; look++) {
      const { rowCount } = await database.query(
        "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'",
      );
      cancelled += rowCount ?? 0;
      await sleep(10);
    }
    const tookMs = await cluster.failOver();
    for (const it of witnessed) it.signal('SIGCONT');
    return {
      kills: 0,
      note: `the standby served after ${tookMs} ms`,
      violations: cancelled === 0 ? ['no commit waited for the standby'] : [],
    };
  },
};

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

const HITS = 5;

/** One process alone appends, as fast as it can; its connections are cut again and again, and in the end it dies too. */
export const hitLoneWriter: Fault = {
  name: 'hit-lone-writer',
  what: 'all processes but one killed; cuts and an immediate stop of PostgreSQL while it appends alone, then its kill -9',
  needs: 'log',
  share: 2,
  async inject(system, random) {
    const { appenders, writers, proxy, cluster } = system;
    const alone = writers[random.below(writers.length)] ?? writers[0];
    if (alone === undefined) throw new Error('there is no writer');
    const others = appenders.filter((it) => it !== alone);
    await Promise.all(others.map((it) => it.kill()));
    for (let hit = 0; hit < HITS; hit++) {
      await sleep(random.between(50, 400));
      if (random.chance(0.5)) {
        await proxy.mute(alone.name);
        await sleep(random.between(1, 50));
      }
      await proxy.cut(alone.name);
      await proxy.unmute(alone.name);
    }
    await sleep(random.between(50, 400));
    if (random.chance(0.5)) {
      await cluster.stopImmediately();
      await cluster.start();
      await sleep(random.between(50, 400));
    }
    await alone.kill();
    await system.restartAll();
    return { kills: others.length + 1 };
  },
};

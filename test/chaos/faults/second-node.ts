import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

const STREAM = 1000;

/** A second node serves over the same log, with the same keys; then one of the two dies. */
export const secondNode: Fault = {
  name: 'second-node',
  what: 'two nodes at once on one log, kill -9 of one of them, then of the second',
  needs: 'exchanges',
  share: 1,
  async inject(system, random) {
    const second = await system.describeNode('node-b');
    const why = await second.start();
    if (why !== undefined) throw new Error(why);
    const service = system.serve(second, STREAM);
    await sleep(random.between(1500, 3000));
    const isFirst = random.chance(0.5);
    await (isFirst ? system.node : second).kill();
    await sleep(random.between(0, 500));
    await system.restartAll();
    await service.stop();
    const served = system.seen.answersOf(second.name);
    await second.kill();
    return { kills: 2, violations: served > 0 ? [] : ['the second node gave no answer'] };
  },
};

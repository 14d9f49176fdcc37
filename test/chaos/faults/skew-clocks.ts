import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

const MINUTE_MS = 60_000;

/** The clock of the node goes ahead of all others: by what they tolerate, then by more; exchanges are refused then. */
export const skewClocks: Fault = {
  name: 'skew-clocks',
  what: 'the clock of the node ahead of all others, within what they tolerate, then beyond',
  needs: 'exchanges',
  share: 1,
  async inject({ node }, random) {
    for (const aheadMs of [random.between(5, 40) * 1000, random.between(3, 30) * MINUTE_MS]) {
      node.setClock(aheadMs);
      await sleep(random.between(1500, 3000));
    }
    node.setClock(0);
    return { kills: 0 };
  },
};

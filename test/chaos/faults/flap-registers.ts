import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** Connections of the node to registers, directory and intermediary come and go. */
export const flapRegisters: Fault = {
  name: 'flap-registers',
  what: 'connections between the node and those it asks are reset again and again',
  needs: 'exchanges',
  share: 1,
  async inject({ peers }, random) {
    if (peers === undefined) throw new Error('this load has no registers');
    for (let times = random.between(15, 30); times > 0; times--) {
      await Promise.all(peers.lanes.filter(() => random.chance(0.3)).map((name) => peers.proxy.cut(name)));
      await sleep(random.between(20, 250));
    }
    return { kills: 0 };
  },
};

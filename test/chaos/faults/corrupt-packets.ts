import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

const LEAST = 2;
const MOST_MS = 30_000;

/** One packet in a hundred between the node and those it asks arrives with another bit: TLS must end that connection. */
export const corruptPackets: Fault = {
  name: 'corrupt-packets',
  what: 'one bit of every hundredth packet between the node and those it asks is another',
  needs: 'exchanges',
  share: 1,
  async inject({ peers }) {
    if (peers === undefined) throw new Error('this load has no registers');
    const { proxy, lanes } = peers;
    const all = (what: 'spoil' | 'unspoil') => Promise.all(lanes.map((name) => proxy[what](name)));
    const [before = 0] = (await all('unspoil')).map(Number);
    let spoiled = 0;
    for (const until = performance.now() + MOST_MS; spoiled < LEAST && performance.now() < until; ) {
      await all('spoil');
      await sleep(2000);
      spoiled = Math.max(...(await all('unspoil')).map(Number)) - before;
    }
    return { kills: 0, violations: spoiled < LEAST ? [`only ${spoiled} packets were spoiled`] : [] };
  },
};

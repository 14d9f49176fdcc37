import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

const LEAST = 1;
const MOST_MS = 60_000;

/** One packet in a hundred between the node and those it asks arrives with another bit: TLS must end that connection. */
export const corruptPackets: Fault = {
  name: 'corrupt-packets',
  what: 'one bit of every hundredth packet between the node and those it asks is another',
  needs: 'exchanges',
  share: 1,
  async inject({ peers }) {
    if (peers === undefined) throw new Error('this load has no registers');
    const { proxy, lanes } = peers;
    const ended = async () => (await Promise.all(lanes.map((name) => proxy.unspoil(name)))).at(-1);
    const before = await ended();
    let [spoiled, packets] = [0, 0];
    for (const until = performance.now() + MOST_MS; spoiled < LEAST && performance.now() < until; ) {
      await Promise.all(lanes.map((name) => proxy.spoil(name)));
      await sleep(2000);
      const now = await ended();
      spoiled = (now?.spoiled ?? 0) - (before?.spoiled ?? 0);
      packets = (now?.packets ?? 0) - (before?.packets ?? 0);
    }
    const note = `${spoiled} of ${packets} packets`;
    return { kills: 0, note, violations: spoiled < LEAST ? [`no more than ${note} were spoiled`] : [] };
  },
};

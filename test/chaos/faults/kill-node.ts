import type { Fault } from './fault.js';

/** The node dies in the middle of exchanges: their retrievals stay open until a sweeper closes them. */
export const killNode: Fault = {
  name: 'kill-node',
  what: 'kill -9 of the node that serves exchanges',
  needs: 'exchanges',
  share: 3,
  async inject({ node }) {
    await node.kill();
    const why = await node.start();
    if (why !== undefined) throw new Error(why);
    return { kills: 1 };
  },
};

import { freePort } from '../../src/demo/free-port.js';
import { nodeProcess } from '../../src/demo/node-process.js';
import { NODE, type RunningSystem } from '../../src/demo/supervisor.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median } from '../statistics.js';
import { CONSUMER, EinmalLoad } from './einmal-load.js';
import { CLIENTS, DEADLINE_MS, describe, type Taken } from './load-slice.js';

const MOST_ROUNDS = 7;

export const twoNodes: MeasureGroup = {
  name: 'exchange',
  measures: [{ id: 'exchange.two_node_cpu_ratio', unit: '×', better: 'lower', target: 1.1 }],
  run: measureTwoNodes,
};

/**
 * Processor time of one exchange at nodes and database, when two nodes write one log, over that when one does. Registers and
 * intermediary need the same either way. Each of the two is asked alone as well, so that both are equally warm.
 */
async function measureTwoNodes(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const system = await context.system();
  const second = await secondNode(system);
  const one = await EinmalLoad.open(system);
  const other = await EinmalLoad.open(system, [second], false);
  const two = await EinmalLoad.open(system, [second]);
  const { requests, log } = context;
  try {
    for (const load of [one, other, two]) await load.tryOut(requests);
    const [samples, baselines]: [number[], number[]] = [[], []];
    for (let n = 0; n < Math.min(MOST_ROUNDS, Math.ceil(requests / 10)); n += 1) {
      const plan = { deadlineMs: DEADLINE_MS, verified: 0 };
      const alone = await one.slice({ ...plan, count: requests, clients: CLIENTS });
      const both = await two.slice({ ...plan, count: Math.ceil(requests / 2), clients: CLIENTS / 2 });
      const otherAlone = await other.slice({ ...plan, count: requests, clients: CLIENTS });
      log(describe('one node', alone));
      log(describe('two nodes', both));
      log(describe('the other node', otherAlone));
      const baseline = (ofNodes(alone) + ofNodes(otherAlone)) / 2;
      baselines.push(baseline);
      samples.push(ofNodes(both) / baseline);
    }
    await one.demandLog();
    return { 'exchange.two_node_cpu_ratio': { value: median(samples), baseline: median(baselines), samples } };
  } finally {
    for (const load of [one, other, two]) await load.close();
    await second.process.stop();
  }
}

function ofNodes({ cpu }: Taken): number {
  return (cpu.get(NODE) ?? 0) + (cpu.get('node 2') ?? 0) + (cpu.get('postgres') ?? 0);
}

/** On the database, the log and the keys of the first. */
async function secondNode(system: RunningSystem) {
  const [grpcPort, httpPort] = [await freePort(), await freePort()];
  const issuer = `https://localhost:${httpPort}`;
  const { client, keys, node } = system.profile(CONSUMER);
  const process = await nodeProcess(system, {
    ...{ name: 'node 2', grpcPort, httpPort, issuer, checkpointFile: 'checkpoint-2' },
    env: { EINMAL_WITNESS_INTERVAL_SECONDS: '10', EINMAL_MISIDENTIFICATIONS_PER_HOUR: '1000000' },
  });
  await process.start();
  return { process, profile: { client, keys, node: { ...node, grpc: `localhost:${grpcPort}`, issuer } } };
}

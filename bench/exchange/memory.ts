import { NODE } from '../../src/demo/supervisor.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { residentMb } from './accounting.js';
import { EinmalLoad } from './einmal-load.js';
import { CLIENTS, DEADLINE_MS } from './load-slice.js';
import { leastSlope } from './slope.js';

const SLICES = 20;
/** So many exchanges for each request of the run: with `--requests 5000` there are 50,000. */
const EXCHANGES = 10;
const PER = 1000;

export const memory: MeasureGroup = {
  name: 'exchange',
  measures: [
    { id: 'exchange.rss_growth', unit: 'MB/1000', better: 'lower', target: 0 },
    { id: 'exchange.rss_mb', unit: 'MB', better: 'lower', target: 350 },
  ],
  run: measureMemory,
};

/** Memory of the node over many exchanges. Growth is the least that is distinguishable from chance. */
async function measureMemory(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const system = await context.system();
  const einmal = await EinmalLoad.open(system);
  const count = Math.ceil((context.requests * EXCHANGES) / SLICES);
  try {
    await einmal.tryOut(Math.ceil(count / 2));
    context.log(`memory over ${count * SLICES} exchanges`);
    const points: (readonly [number, number])[] = [];
    for (let n = 1; n <= SLICES; n += 1) {
      await einmal.slice({ count, clients: CLIENTS, deadlineMs: DEADLINE_MS, verified: 0 });
      points.push([(n * count) / PER, residentMb(system.process(NODE).pid ?? 0)]);
    }
    const samples = points.map(([, mb]) => mb);
    return {
      // The first slices fill what is kept on purpose: compiled code, caches, pools.
      'exchange.rss_growth': { value: leastSlope(points.slice(SLICES / 4)), samples },
      'exchange.rss_mb': { value: Math.max(...samples), samples },
    };
  } finally {
    await einmal.close();
  }
}

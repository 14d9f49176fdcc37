import { NODE } from '../../src/demo/supervisor.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median } from '../statistics.js';

const STARTS = 5;

export const coldStart: MeasureGroup = {
  name: 'exchange',
  measures: [{ id: 'exchange.cold_start_s', unit: 's', better: 'lower', target: 2 }],
  run: measureColdStart,
};

/** From the start of the node's process until it says that it serves. */
async function measureColdStart(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const node = (await context.system()).process(NODE);
  const samples: number[] = [];
  for (let n = 0; n < Math.min(STARTS, context.requests); n += 1) {
    await node.stop();
    const began = performance.now();
    await node.start();
    samples.push((performance.now() - began) / 1000);
  }
  return { 'exchange.cold_start_s': { value: median(samples), samples } };
}

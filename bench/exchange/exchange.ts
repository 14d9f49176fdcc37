import { people } from '../../src/demo/people/population.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median, percentile } from '../statistics.js';
import { POPULATION } from '../system.js';
import { againstBare } from './against-bare.js';
import { againstObvious } from './against-obvious.js';
import { BareRoundTrip } from './bare-round-trip.js';
import { coldStart } from './cold-start.js';
import { type Family, families } from './families.js';
import { memory } from './memory.js';
import { overload } from './overload.js';
import { PrefillRun } from './prefill-run.js';
import { twoNodes } from './two-nodes.js';

const CONSUMER = 'familienkasse-online';

const oneByOne: MeasureGroup = {
  name: 'exchange',
  measures: [
    { id: 'exchange.p50_ms', unit: 'ms', better: 'lower', target: 150 },
    { id: 'exchange.p99_ms', unit: 'ms', better: 'lower', target: null },
  ],
  run: prefillOneByOne,
};

/** One exchange: under load against the bare one, in memory, beyond what can be answered, at two nodes, and by itself. */
export const exchange: readonly MeasureGroup[] = [
  againstBare,
  againstObvious,
  memory,
  overload,
  twoNodes,
  coldStart,
  oneByOne,
];

async function prefillOneByOne(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const { profile, trust } = await context.system();
  const bare = new BareRoundTrip(profile(CONSUMER));
  const run = await PrefillRun.open(profile(CONSUMER), trust);
  const [samples, baselines]: [number[], number[]] = [[], []];
  try {
    const taken = drawn(context.warmUp + context.requests);
    context.log(`${context.requests} prefills one after another, ${context.warmUp} before them to warm up`);
    for (const [index, family] of taken.entries()) {
      // Taken in turn, so that a noisy moment of the machine falls on both.
      const took = await run.once(family);
      const bareTook = await timed(() => bare.call());
      if (index < context.warmUp) continue;
      samples.push(took);
      baselines.push(bareTook);
    }
  } finally {
    run.close();
    bare.close();
  }
  return {
    'exchange.p50_ms': { value: median(samples), baseline: median(baselines), samples },
    'exchange.p99_ms': { value: percentile(samples, 99), baseline: percentile(baselines, 99), samples },
  };
}

/** Each family once; from the first one again only if the population has too few. */
function drawn(count: number): readonly Family[] {
  const all = [...families([...people(POPULATION)])];
  if (all.length === 0) throw new Error('the population has no family to ask for');
  return Array.from({ length: count }, (_, index) => all[index % all.length]).filter((family) => family !== undefined);
}

async function timed(act: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

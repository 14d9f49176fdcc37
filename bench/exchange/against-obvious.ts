import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median } from '../statistics.js';
import { EinmalLoad } from './einmal-load.js';
import { CLIENTS, DEADLINE_MS, describe } from './load-slice.js';
import { startObvious } from './obvious/obvious-system.js';

const MOST_ROUNDS = 7;
const VERIFIED = 10;

export const againstObvious: MeasureGroup = {
  name: 'exchange',
  measures: [{ id: 'exchange.ratio_obvious', unit: '×', better: 'higher', target: 2.5 }],
  run: measureAgainstObvious,
};

/** Einmal and the obvious build in turn, each as fast as it goes; both must pass the same checks. */
async function measureAgainstObvious(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const { requests, log } = context;
  const einmal = await EinmalLoad.open(await context.system());
  const system = await startObvious(log);
  try {
    const obvious = await EinmalLoad.open(system);
    try {
      await einmal.tryOut(requests * 2);
      await obvious.tryOut(requests * 2);
      const [samples, baselines]: [number[], number[]] = [[], []];
      const plan = { count: Math.min(requests, 60), clients: CLIENTS, deadlineMs: DEADLINE_MS, verified: VERIFIED };
      for (let n = 0; n < Math.min(MOST_ROUNDS, Math.ceil(requests / 10)); n += 1) {
        const ours = await einmal.slice(plan);
        const theirs = await obvious.slice(plan);
        log(describe('Einmal', ours));
        log(describe('obvious', theirs));
        baselines.push(theirs.perSecond);
        samples.push(ours.perSecond / theirs.perSecond);
      }
      await obvious.demandLog();
      return { 'exchange.ratio_obvious': { value: median(samples), baseline: median(baselines), samples } };
    } finally {
      await obvious.close();
    }
  } finally {
    await system.stop();
    await einmal.close();
  }
}

import { readFileSync } from 'node:fs';
import { takePlaceOf } from '../../src/demo/faulty-register/stand-in.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { percentile } from '../statistics.js';
import { POPULATION } from '../system.js';
import { closedLoop, openLoop } from './load.js';
import { CONSUMER, missingOf, Prefills, REGISTER } from './prefills.js';

const CLIENTS = 12;
/** Far above what the others take, so that it is the slowest. */
const SLOW_MS = 200;

export const overhead: MeasureGroup = {
  name: 'federation',
  measures: [{ id: 'federation.p99_overhead_ms', unit: 'ms', better: 'lower', target: 15 }],
  run: measureOverhead,
};

/** What a prefill takes beyond its slowest register, at half of the load that the system can take. */
async function measureOverhead(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const system = await context.system();
  const prefills = await Prefills.open(system.profile(CONSUMER), POPULATION);
  const register = await takePlaceOf(system, REGISTER);
  try {
    await register.misbehave('slow', { delayMs: SLOW_MS });
    const count = context.requests * 3;
    const wishes = await prefills.decide(count * 2);
    const ask = async (index: number): Promise<void> => {
      const missing = missingOf(await prefills.fill(wishes[index]));
      if (missing !== undefined) throw new Error(`not delivered: ${missing}`);
    };
    const most = await closedLoop(CLIENTS, count, ask);
    context.log(`${most.toFixed(1)} prefills a second at most; ${count} at half of it`);
    const before = ownTimes(register.process.logFile).length;
    const samples = await openLoop(most / 2, count, (index) => ask(count + index));
    const registerTimes = ownTimes(register.process.logFile).slice(before);
    if (registerTimes.length < count) throw new Error('the register was not asked each time');
    const baseline = percentile(registerTimes, 99);
    const value = percentile(samples, 99) - baseline;
    return { 'federation.p99_overhead_ms': { value, baseline, samples } };
  } finally {
    prefills.close();
    await register.leave();
  }
}

/** What each answer took by the register's own clock, from the request to the answer. */
function ownTimes(logFile: string): readonly number[] {
  return readFileSync(logFile, 'utf8')
    .split('\n')
    .flatMap((line) => (line.includes('"tookMs"') ? [(JSON.parse(line) as { tookMs: number }).tookMs] : []));
}

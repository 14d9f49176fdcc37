import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { POPULATION } from '../system.js';
import { CONSUMER, missingOf, Prefills, REGISTER } from './prefills.js';

const ROUNDS = 3;
/** Asked that often, also while it is down. */
const EVERY_MS = 150;
const DOWN_MS = 4000;
const LONGEST_MS = 20_000;

export const recovery: MeasureGroup = {
  name: 'federation',
  measures: [{ id: 'federation.recovery_s', unit: 's', better: 'lower', target: 5 }],
  run: measureRecovery,
};

/** From when a register that was killed serves again until the first answer of it arrives, under traffic all the time. */
async function measureRecovery(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const system = await context.system();
  const prefills = await Prefills.open(system.profile(CONSUMER), POPULATION);
  const register = system.process(REGISTER);
  const samples: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const wishes = await prefills.decide(Math.ceil((DOWN_MS + LONGEST_MS) / EVERY_MS));
      await register.kill();
      const reasons = new Set<string>();
      const until = performance.now() + DOWN_MS;
      for (; performance.now() < until; await sleep(EVERY_MS))
        reasons.add(missingOf(await prefills.fill(wishes.pop())) ?? 'delivered');
      if (!reasons.has('REGISTER_SUSPENDED')) throw new Error(`the register was asked on: ${[...reasons]}`);
      await register.start();
      const back = performance.now();
      while (missingOf(await prefills.fill(wishes.pop())) !== undefined) await sleep(EVERY_MS);
      samples.push((performance.now() - back) / 1000);
      context.log(`answers again ${samples.at(-1)?.toFixed(2)} s after the register is back`);
    }
  } finally {
    await register.start();
    prefills.close();
  }
  return { 'federation.recovery_s': { value: Math.max(...samples), samples } };
}

import { withClient } from '../../src/demo/database.js';
import { takePlaceOf } from '../../src/demo/faulty-register/stand-in.js';
import type { RunningSystem } from '../../src/demo/supervisor.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { POPULATION } from '../system.js';
import { closedLoop } from './load.js';
import { CONSUMER, missingOf, Prefills, REGISTER } from './prefills.js';

const CLIENTS = 8;

export const unreliable: MeasureGroup = {
  name: 'federation',
  measures: [
    { id: 'federation.failed_share', unit: '', better: 'lower', target: 0.01 },
    { id: 'federation.failed_items_share', unit: '', better: 'lower', target: null },
    { id: 'federation.extra_load', unit: '', better: 'lower', target: 0.2 },
  ],
  run: measureUnreliable,
};

/** One of three registers says half of the times, at random, that it cannot. */
async function measureUnreliable(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const system = await context.system();
  const prefills = await Prefills.open(system.profile(CONSUMER), POPULATION);
  const register = await takePlaceOf(system, REGISTER);
  try {
    await register.misbehave('outage', { share: 0.5 });
    const count = context.requests * 4;
    const wishes = await prefills.decide(count);
    const before = await counts(system);
    const [failed, missing]: [number[], number[]] = [[], []];
    context.log(`${count} prefills, ${CLIENTS} at a time, from registers of which one fails half of the time`);
    await closedLoop(CLIENTS, count, async (index) => {
      const answer = await prefills.fill(wishes[index]).catch(() => undefined);
      failed[index] = answer === undefined ? 1 : 0;
      missing[index] = answer === undefined || missingOf(answer) !== undefined ? 1 : 0;
    });
    const after = await counts(system);
    const [asked, opened] = [after.asked - before.asked, after.opened - before.opened];
    if (opened === 0) throw new Error('the register was not asked');
    return {
      'federation.failed_share': { value: mean(failed), samples: failed },
      'federation.failed_items_share': { value: mean(missing), baseline: 0.5, samples: missing },
      'federation.extra_load': { value: asked / opened - 1, samples: [asked, opened] },
    };
  } finally {
    prefills.close();
    await register.leave();
  }
}

/** What the register has on its own record, and how many retrievals of it the node opened. */
async function counts({ databases }: RunningSystem): Promise<Readonly<{ asked: number; opened: number }>> {
  const count = (of: string, query: string, values: readonly string[] = []): Promise<number> =>
    withClient(databases.ownerUrlOf(of), async (client) => {
      const { rows } = await client.query<{ count: string }>(query, [...values]);
      return Number(rows[0]?.count);
    });
  return {
    asked: await count(REGISTER, "select count(*) from edge.log where event = 'exchange'"),
    opened: await count('node', `select count(*) from log.record where event = 'retrieval.opened' and register = $1`, [
      REGISTER,
    ]),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

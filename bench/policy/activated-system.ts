import { setTimeout as sleep } from 'node:timers/promises';
import type { PrefillAnswer } from '../../src/verify/answer.js';
import { closedLoop, openLoop } from '../federation/load.js';
import { CONSUMER, Prefills } from '../federation/prefills.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { POPULATION } from '../system.js';
import { Governed } from './governed.js';
import { type Stretch, stallOf, withUseDays } from './stall.js';

/** Not asked by the service that is measured: what may be asked stays the same, all of it is decided by another version. */
const OTHER_RULE = 'elterngeld-identity';
/** The catalogue knows no register for it, so that the answer is never complete. */
const WITHOUT_REGISTER = 'auslaendische-familienleistung';
const ACTIVATIONS = 4;
/** Edges and intermediary look every five seconds, believe what two looks have found, and read within twenty more. */
const STRETCH_S = 45;
const BEFORE_MS = 500;
const CLIENTS = 8;

export const activatedSystem: MeasureGroup = {
  name: 'policy',
  measures: [{ id: 'policy.activation_stall_ms', unit: 'ms', better: 'lower', target: 50 }],
  run: measureActivations,
};

/** Prefills at half of the load that the system can take, while versions of the catalogue come into force at all of its processes. */
async function measureActivations(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const system = await context.system();
  const all = await Prefills.open(system.profile(CONSUMER), POPULATION);
  const governed = await Governed.open(system);
  try {
    const { prefills, most } = await triedOut(all);
    const perSecond = most / 2;
    context.log(`${most.toFixed(1)} prefills a second at most; half of it for ${2 * ACTIVATIONS} times ${STRETCH_S} s`);
    const [quiet, changing]: [Stretch[], Stretch[]] = [[], []];
    for (let n = 1; n <= ACTIVATIONS; n += 1) {
      // Taken in turn, so that a noisy moment of the machine falls on both.
      quiet.push(await stretch(prefills, perSecond));
      const rules = withUseDays(governed.rules, OTHER_RULE, n);
      changing.push(await stretch(prefills, perSecond, () => governed.activate(rules)));
      context.log(
        `slowest answer ${slowest(quiet)} ms while nothing changes, ${slowest(changing)} ms in activation ${n}`,
      );
    }
    return { 'policy.activation_stall_ms': stallOf(quiet, changing) };
  } finally {
    await governed.takeBack();
    governed.close();
    all.close();
  }
}

/** Everybody once, as fast as it goes. Who has no record somewhere is left out: that answer waits for its slot. */
async function triedOut(all: Prefills): Promise<Readonly<{ prefills: Prefills; most: number }>> {
  const wishes = await all.decide(all.familyCount);
  const whole = new Set<number>();
  const most = await closedLoop(CLIENTS, wishes.length, async (index) => {
    if (missingIn(await all.fill(wishes[index])).length === 0) whole.add(index);
  });
  return { prefills: all.only((at) => whole.has(at)), most };
}

/** @throws where an answer is lost, or `change` has not ended before the load has */
async function stretch(prefills: Prefills, perSecond: number, change?: () => Promise<void>): Promise<Stretch> {
  const count = Math.ceil(perSecond * STRETCH_S);
  const wishes = await prefills.decide(count);
  const lost: string[] = [];
  let isChanged = false;
  const changing = async () => {
    await sleep(BEFORE_MS);
    await change?.();
    isChanged = true;
  };
  const answering = async () => {
    const samples = await openLoop(perSecond, count, async (index) => {
      const missing = await prefills.fill(wishes[index]).then(missingIn, (error: unknown) => [String(error)]);
      lost.push(...missing.slice(0, 1));
    });
    return { samples, inTime: isChanged };
  };
  const [{ samples, inTime }] = await Promise.all([answering(), changing()]);
  if (lost.length > 0) {
    const when = change ? 'during an activation' : 'although nothing changed';
    throw new Error(`${lost.length} of ${count} answers were lost ${when}: ${[...new Set(lost)].join(', ')}`);
  }
  if (!inTime) throw new Error('a version came into force only after the load had ended');
  return samples;
}

/** Why something is missing that a register could have said. */
function missingIn({ not_delivered }: PrefillAnswer): readonly string[] {
  return not_delivered.filter(({ evidence_type }) => evidence_type !== WITHOUT_REGISTER).map(({ reason }) => reason);
}

function slowest(stretches: readonly Stretch[]): string {
  return Math.max(...(stretches.at(-1) ?? [])).toFixed(0);
}

import { NODE } from '../../src/demo/supervisor.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median, percentile } from '../statistics.js';
import { totalOf } from './accounting.js';
import { BareLoad } from './bare/bare-load.js';
import type { SlicePlan } from './driver/target.js';
import { EinmalLoad } from './einmal-load.js';
import { CLIENTS, DEADLINE_MS, describe, type Taken } from './load-slice.js';
import { primitivesMs } from './primitives.js';

const MOST_ROUNDS = 9;
const SLICE_S = 3;
/** Answers of each slice that are verified by public keys. */
const VERIFIED = 10;
/** In how many turns latency is taken. */
const TURNS = 3;

export const againstBare: MeasureGroup = {
  name: 'exchange',
  measures: [
    { id: 'exchange.ratio_bare', unit: '×', better: 'higher', target: 0.12 },
    { id: 'exchange.node_cpu_ratio', unit: '×', better: 'higher', target: 0.25 },
    { id: 'exchange.node_cpu_ratio_unique', unit: '×', better: 'higher', target: 0.2 },
    { id: 'exchange.cpu_over_floor', unit: '×', better: 'lower', target: 1.6 },
    { id: 'exchange.p99_overhead_ms', unit: 'ms', better: 'lower', target: 20 },
  ],
  run: measureAgainstBare,
};

type Round = Readonly<{ bare: Taken; repeated: Taken; unique: Taken }>;

/** Einmal and the bare fan-out in turn: each as fast as it goes, then each at half of that. */
async function measureAgainstBare(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const { requests, log } = context;
  const einmal = await EinmalLoad.open(await context.system());
  let bare: BareLoad | undefined;
  try {
    await einmal.tryOut(requests * 4);
    const { slice, perSecond } = await einmal.slice(closed(requests));
    bare = await BareLoad.start(slice.pieceBytes);
    await bare.tryOut(requests * 20);
    const rounds = await inTurn({ einmal, bare, requests, log }, perSecond);
    const half = await atHalf({ einmal, bare, requests, log }, rounds);
    await einmal.demandLog();
    const primitives = primitivesMs(log);
    log(`${primitives.toFixed(2)} ms of processor time for the primitives of one exchange`);
    return { ...ratiosOf(rounds, primitives), 'exchange.p99_overhead_ms': half };
  } finally {
    await einmal.close();
    bare?.stop();
  }
}

type Both = Readonly<{ einmal: EinmalLoad; bare: BareLoad }> & Pick<BenchContext, 'requests' | 'log'>;

async function inTurn({ einmal, bare, requests, log }: Both, perSecond: number): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  const count = Math.min(requests, Math.ceil(perSecond * SLICE_S));
  const bareCount = requests * 10;
  for (let n = 0; n < Math.min(MOST_ROUNDS, Math.ceil(requests / 10)); n += 1) {
    const takes = {
      bare: () => bare.slice(closed(bareCount)),
      repeated: () => einmal.slice(closed(count)),
      unique: () => einmal.slice(closed(count), true),
    };
    // The order rotates, so that a noisy moment of the machine falls on each.
    const names = ['bare', 'repeated', 'unique'] as const;
    const made: Partial<Record<(typeof names)[number], Taken>> = {};
    for (const name of [...names.slice(n % 3), ...names.slice(0, n % 3)]) {
      made[name] = await takes[name]();
      log(describe(name, made[name]));
    }
    const { bare: a, repeated, unique } = made;
    if (a && repeated && unique) rounds.push({ bare: a, repeated, unique });
  }
  return rounds;
}

/** Open loop: asked for at fixed moments, and waited for from then on. */
async function atHalf({ einmal, bare, requests, log }: Both, rounds: readonly Round[]): Promise<Reading> {
  const rates = { einmal: rateOf(rounds, 'repeated') / 2, bare: rateOf(rounds, 'bare') / 2 };
  const [samples, baselines]: [number[], number[]] = [[], []];
  log(`${rates.einmal.toFixed(1)} a second, and ${rates.bare.toFixed(0)} of the bare fan-out`);
  for (let n = 0; n < TURNS; n += 1) {
    const count = Math.ceil(requests / TURNS);
    const bareCount = Math.ceil((count * rates.bare) / rates.einmal);
    baselines.push(...(await bare.slice({ ...open(bareCount), perSecond: rates.bare })).slice.latencies);
    samples.push(...(await einmal.slice({ ...open(count), perSecond: rates.einmal })).slice.latencies);
  }
  const baseline = percentile(baselines, 99);
  return { value: percentile(samples, 99) - baseline, baseline, samples };
}

function ratiosOf(rounds: readonly Round[], primitives: number): Readonly<Record<string, Reading>> {
  const reading = (of: (round: Round) => number, baseline: number): Reading => {
    const samples = rounds.map(of);
    return { value: median(samples), baseline, samples };
  };
  const cpu = ({ cpu }: Taken, name: string) => cpu.get(name) ?? Number.NaN;
  const bareRelay = median(rounds.map(({ bare }) => cpu(bare, 'fan-out')));
  return {
    'exchange.ratio_bare': reading(({ repeated, bare }) => repeated.perSecond / bare.perSecond, rateOf(rounds, 'bare')),
    'exchange.node_cpu_ratio': reading(({ repeated, bare }) => cpu(bare, 'fan-out') / cpu(repeated, NODE), bareRelay),
    'exchange.node_cpu_ratio_unique': reading(
      ({ unique, bare }) => cpu(bare, 'fan-out') / cpu(unique, NODE),
      bareRelay,
    ),
    'exchange.cpu_over_floor': reading(
      ({ repeated, bare }) => totalOf(repeated.cpu) / (totalOf(bare.cpu) + primitives),
      median(rounds.map(({ bare }) => totalOf(bare.cpu))) + primitives,
    ),
  };
}

function rateOf(rounds: readonly Round[], name: keyof Round): number {
  return median(rounds.map((round) => round[name].perSecond));
}

function closed(count: number): SlicePlan {
  return { count, clients: CLIENTS, deadlineMs: DEADLINE_MS, verified: VERIFIED };
}

function open(count: number): Omit<SlicePlan, 'clients'> {
  return { count, deadlineMs: DEADLINE_MS, verified: VERIFIED };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, randomStream } from '../../src/demo/people/random.js';
import { verifyLog } from '../verifier/second-verifier.js';
import { Examination } from './checks/examination.js';
import { servedLog } from './checks/served-log.js';
import type { Fault, Injected } from './faults/fault.js';
import { FAULTS } from './faults/faults.js';
import type { ChaosOptions } from './options.js';
import { type Report, Tally } from './report.js';
import type { SeenLately } from './seen.js';
import { type ChaosSystem, DATABASE } from './system.js';

const ONE_FAULT_MS = 240_000;
const SCHEDULE = 77;

export type Surroundings = Readonly<{ log: (line: string) => void; interrupted: AbortSignal }>;

/** One fault after the other under load, each followed by an examination. Ends by itself, by count or by time. */
export async function runChaos(
  system: ChaosSystem,
  options: ChaosOptions,
  { log, interrupted }: Surroundings,
): Promise<Report> {
  const began = performance.now();
  const faults = FAULTS.filter(
    ({ name, needs }) =>
      (options.only.length === 0 || options.only.includes(name)) && (needs === 'log' || options.load === 'both'),
  );
  const run: Run = {
    ...{ system, options, log, interrupted, faults },
    tally: new Tally(faults),
    examination: new Examination({
      database: system.cluster.urlOf(DATABASE),
      registerLogs: system.registerLogs,
      vaultFolder: system.vaultFolder,
      vkey: system.vkey,
    }),
    secondsSince: () => Math.round((performance.now() - began) / 1000),
  };
  try {
    await injectAll(run);
    await examineEnd(run);
  } catch (error) {
    run.tally.violated('end', [`not brought to its end: ${error instanceof Error ? error.message : String(error)}`]);
    // The reason may be that the log is not what was acknowledged.
    await examine(run, 'end').catch((cause: unknown) => log(`not examined: ${String(cause)}`));
  }
  return run.tally.report({
    ...{ seed: options.seed, seconds: run.secondsSince() },
    log: run.examination.totals,
    disk: system.disk.kind,
  });
}

type Run = Readonly<{
  system: ChaosSystem;
  options: ChaosOptions;
  log: (line: string) => void;
  interrupted: AbortSignal;
  faults: readonly Fault[];
  tally: Tally;
  examination: Examination;
  secondsSince: () => number;
}>;

async function injectAll(run: Run): Promise<void> {
  const { system, options, log, interrupted, faults, tally, secondsSince } = run;
  const random = randomStream(options.seed, SCHEDULE);
  for (const fault of options.once ? shuffled(faults, random) : endless(faults, random)) {
    if (tally.kills >= options.kills || secondsSince() >= options.seconds) return;
    await sleep(random.between(200, 1200));
    if (interrupted.aborted) throw new Error('interrupted');
    const injected = await inTime(inject(system, fault, random), ONE_FAULT_MS, fault.name);
    tally.injected(fault.name, injected);
    const silent = injected.isOver ? [] : await system.settled();
    tally.violated(
      fault.name,
      silent.map((name) => `${name} gave no answer after ${fault.name}`),
    );
    const { answers } = await examine(run, fault.name);
    log(
      `${secondsSince()} s  ${fault.name}: ${tally.kills} kills, ${answers} answers, ${tally.violations.length} violations`,
    );
    if (injected.isOver) throw new Error(`after ${fault.name} nobody can go on`);
  }
}

async function examine({ system, tally, examination }: Run, name: string, isOver = false): Promise<SeenLately> {
  const seen = system.seen.take();
  tally.examined(name, seen, await examination.examine(seen, isOver));
  return seen;
}

async function examineEnd(run: Run): Promise<void> {
  const { system, options, tally } = run;
  const orphans = await system.finish();
  await examine(run, 'end', true);
  tally.injected('end', { kills: 0, note: `${orphans} retrievals were open` });
  if (options.load === 'both') tally.violated('end', await servedFaults(system));
}

/** Round after round, in each every fault as often as its share says. */
function* endless(faults: readonly Fault[], random: Random): Generator<Fault> {
  const round = faults.flatMap((fault) => Array.from({ length: fault.share }, () => fault));
  for (;;) yield* shuffled(round, random);
}

function* shuffled(faults: readonly Fault[], random: Random): Generator<Fault> {
  const left = [...faults];
  while (left.length > 0) yield* left.splice(random.below(left.length), 1);
}

async function inject(system: ChaosSystem, fault: Fault, random: Random): Promise<Injected> {
  try {
    return await fault.inject(system, random);
  } catch (error) {
    throw new Error(`${fault.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** What the log serves to everybody, verified from its first entry on. */
async function servedFaults({ node, vkey, running }: ChaosSystem): Promise<readonly string[]> {
  const { faults } = await verifyLog(await servedLog(`${node.httpUrl}/log`, running.pki.caFile), vkey);
  return faults.map((fault) => `the log as it is served: ${fault}`);
}

async function inTime<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} is not over after ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

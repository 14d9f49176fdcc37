import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PrefillWish } from '../../src/client/node-connection.js';
import type { NodeProfile } from '../../src/client/node-profile.js';
import { type FaultyRegister, takePlaceOf } from '../../src/demo/faulty-register/stand-in.js';
import { NODE, startSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { openLoop } from './load.js';
import { CONSUMER, Prefills, REGISTER } from './prefills.js';

const STREAMS = 2000;
const IN_PROGRESS = 200;
/** One connection takes 256 streams at a time. */
const CONNECTIONS = 10;
const POPULATION = { count: 2000, seed: 1 };
/** The first must not end before the last has begun, and each has some time left for its answer. */
const OPENED_A_SECOND = 60;
const ASKED_MS = 45_000;
const DEADLINE_MS = 60_000;
const SAMPLE_EVERY_MS = 500;

export const streams: MeasureGroup = {
  name: 'federation',
  measures: [{ id: 'federation.streams_rss_mb', unit: 'MB', better: 'lower', target: 400 }],
  run: measureStreams,
};

/**
 * Memory of a node with 2,000 streams open: of all of them a register is silent, 200 are being asked of it at once and the
 * others wait for that. Each must end with its answer. A system of its own, since the times of this node are longer.
 */
async function measureStreams(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const system = await startSystem({
    dataFolder: join(packageRoot, 'data', 'bench-streams'),
    fresh: true,
    service: 'kindergeld',
    personCount: POPULATION.count,
    seed: POPULATION.seed,
    environment: {
      node: {
        EINMAL_MAX_DEADLINE_MS: String(DEADLINE_MS),
        EINMAL_REGISTER_TIMEOUT_MS: String(ASKED_MS),
        EINMAL_RESERVE_MS: '2000',
        EINMAL_REGISTER_CONCURRENCY: String(IN_PROGRESS),
        EINMAL_REGISTER_QUEUE: String(STREAMS),
        EINMAL_REGISTER_STALL_MS: String(DEADLINE_MS),
        // It is to be asked all the time, and lookups on their way count as if they would find nobody.
        EINMAL_REGISTER_FAILURES: '1000',
        EINMAL_MISIDENTIFICATIONS_PER_HOUR: '1000000',
      },
    },
    log: context.log,
  });
  const connections: Prefills[] = [];
  let register: FaultyRegister | undefined;
  try {
    const profile: NodeProfile = system.profile(CONSUMER);
    for (let n = 0; n < CONNECTIONS; n += 1) connections.push(await Prefills.open(profile, POPULATION));
    register = await takePlaceOf(system, REGISTER);
    await register.misbehave('hang');
    context.log(`decisions for ${STREAMS} streams`);
    const wishes = (
      await Promise.all(
        connections.map((it) => it.decide(STREAMS / CONNECTIONS, ({ evidence_type }) => isAsked(evidence_type))),
      )
    ).flat();
    // What remains of thousands of decisions is not what streams need.
    await system.process(NODE).restart();
    const { pid = 0 } = system.process(NODE);
    const [samples, ended]: [number[], string[]] = [[], []];
    const baseline = residentMb(pid);
    let [open, mostOpen] = [0, 0];
    const sampling = setInterval(() => samples.push(residentMb(pid)), SAMPLE_EVERY_MS);
    await openLoop(OPENED_A_SECOND, wishes.length, async (index) => {
      open += 1;
      mostOpen = Math.max(mostOpen, open);
      ended.push(await read(connections[index % CONNECTIONS], wishes[index]));
      open -= 1;
    });
    clearInterval(sampling);
    const answered = ended.filter((reason) => reason === 'answered').length;
    const endings = [...new Set(ended)].join(', ');
    context.log(`${mostOpen} streams open at once, ${answered} ended with their answer: ${endings}`);
    if (answered < STREAMS) throw new Error('streams were lost');
    if (mostOpen < STREAMS) throw new Error('streams were not open at once');
    return { 'federation.streams_rss_mb': { value: Math.max(...samples), baseline, samples } };
  } finally {
    for (const it of connections) it.close();
    await register?.process.stop();
    await system.stop();
  }
}

/** The register's evidence, and the lookup that it needs. */
function isAsked(evidenceType: string): boolean {
  return evidenceType === 'identity' || evidenceType === 'meldedaten';
}

async function read(prefills: Prefills | undefined, wish: PrefillWish | undefined): Promise<string> {
  if (prefills === undefined || wish === undefined) return 'not decided';
  let ending = 'nothing';
  try {
    const parts = prefills.connection.streamPrefill({ ...wish, deadlineMs: DEADLINE_MS });
    for await (const part of parts) if ('answer' in part) ending = 'answered';
    return ending;
  } catch (error) {
    return error instanceof Error ? error.message : 'failed';
  }
}

function residentMb(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

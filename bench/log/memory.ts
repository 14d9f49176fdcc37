import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median } from '../statistics.js';
import type { AppendTask } from './append-process.js';
import { LogCluster } from './log-cluster.js';

const APPENDS = 200_000;
const TENTH = 0.1;

/** Memory of a process that appends for long, the last tenth of the way against the second. */
export const memory: MeasureGroup = {
  name: 'log',
  measures: [
    { id: 'log.rss_growth', unit: '×', better: 'lower', target: 1.1 },
    { id: 'log.rss_mb', unit: 'MB', better: 'lower', target: null },
  ],
  run: memoryOverAppends,
};

async function memoryOverAppends(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const cluster = await LogCluster.start();
  const folder = await mkdtemp(join(tmpdir(), 'einmal-bench-'));
  try {
    const database = await cluster.fresh('bench_memory');
    context.log(`${APPENDS} appends in a process of its own`);
    const samples = await appendInOwnProcess(database.nodeUrl, folder);
    await database.close();
    const part = (from: number) =>
      median(samples.slice(Math.floor(from * samples.length), Math.ceil((from + TENTH) * samples.length)));
    const [second, last] = [part(TENTH), part(1 - TENTH)];
    return {
      'log.rss_growth': { value: last / second, baseline: 1, samples: samples.map((value) => value / second) },
      'log.rss_mb': { value: last, baseline: second, samples },
    };
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Megabytes, in the order in which they were taken. */
function appendInOwnProcess(databaseUrl: string, folder: string): Promise<number[]> {
  const path = fileURLToPath(new URL('./append-process.js', import.meta.url));
  const child = fork(path);
  child.send({ count: APPENDS, databaseUrl, folder } satisfies AppendTask);
  const samples: number[] = [];
  return new Promise((resolve, reject) => {
    child.on('message', (megabytes) => samples.push(Number(megabytes)));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(samples) : reject(new Error(`the process ended with ${code}`))));
  });
}

import { join } from 'node:path';
import { verifyInclusion } from '#libs/merkle/verify.js';
import { packageRoot } from '../../src/platform/paths.js';
import { ProveInclusion, ProveInclusionHandler } from '../../src/transparency/prove-inclusion.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median } from '../statistics.js';
import { type LargeLog, openLargeLog, PER_PERSON, seededKey } from './large-log.js';
import { LogCluster } from './log-cluster.js';

const SMALL = 20_000;
const LARGE = 10_000_000;
const SAMPLES = 300;
const WARM_UP = 30;

/** Reads that must not grow with the log: a proof, and the entries about one person. */
export const reads: MeasureGroup = {
  name: 'log',
  measures: [
    { id: 'log.proof_growth', unit: '×', better: 'lower', target: 2 },
    { id: 'log.proof_ms', unit: 'ms', better: 'lower', target: 5 },
    { id: 'log.subject_search_growth', unit: '×', better: 'lower', target: 3 },
    { id: 'log.subject_search_ms', unit: 'ms', better: 'lower', target: null },
  ],
  run: readsOfTwoSizes,
};

async function readsOfTwoSizes(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const cluster = await LogCluster.start();
  try {
    const vault = join(packageRoot, 'data', 'bench-log', 'vault');
    const small = await openLargeLog(cluster, SMALL, vault, context.log);
    const large = await openLargeLog(cluster, LARGE, vault, context.log);
    context.log(`${SAMPLES} proofs and searches in ${SMALL} and ${LARGE} entries, in turn`);
    const proofs = await inTurn(small, large, prove);
    const searches = await inTurn(small, large, search);
    await Promise.all([small.close(), large.close()]);
    return {
      ...growth('log.proof_growth', 'log.proof_ms', proofs),
      ...growth('log.subject_search_growth', 'log.subject_search_ms', searches),
    };
  } finally {
    await cluster.stop();
  }
}

type Pair = Readonly<{ small: readonly number[]; large: readonly number[] }>;

async function inTurn(small: LargeLog, large: LargeLog, act: (log: LargeLog) => Promise<number>): Promise<Pair> {
  const samples = { small: [] as number[], large: [] as number[] };
  for (let i = -WARM_UP; i < SAMPLES; i++) {
    const [one, other] = [await act(small), await act(large)];
    if (i < 0) continue;
    samples.small.push(one);
    samples.large.push(other);
  }
  return samples;
}

function growth(ratio: string, absolute: string, { small, large }: Pair): Readonly<Record<string, Reading>> {
  const baseline = median(small);
  return {
    [ratio]: { value: median(large) / baseline, baseline: 1, samples: large.map((value) => value / baseline) },
    [absolute]: { value: median(large), baseline, samples: large },
  };
}

async function prove({ store, size }: LargeLog): Promise<number> {
  const index = Math.floor(Math.random() * size);
  const began = performance.now();
  const { leafHash, proof, treeSize, rootHash } = await new ProveInclusionHandler(store).execute(
    new ProveInclusion(index),
  );
  const took = performance.now() - began;
  verifyInclusion({ index, size: treeSize, leafHash, proof, root: rootHash });
  return took;
}

async function search({ reader, size }: LargeLog): Promise<number> {
  const key = seededKey(Math.floor((Math.random() * size) / (2 * PER_PERSON)));
  const began = performance.now();
  const found = await reader.about([key], size, 100);
  const took = performance.now() - began;
  if (found.length < PER_PERSON) throw new Error('the search lacks entries');
  return took;
}

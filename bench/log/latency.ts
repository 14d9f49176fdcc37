import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { CheckpointGuard } from '../../src/audit/checkpoint-guard.js';
import { PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import { SystemClock } from '../../src/platform/clock.js';
import { FileCheckpointStore } from '../../src/vault/checkpoint-store.file.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median } from '../statistics.js';
import { benchSigner, LogCluster } from './log-cluster.js';
import { createPlainTables } from './plain-tables.js';
import { retrievalOpened } from './sample-entries.js';

const SAMPLES = 400;
const WARM_UP = 50;
/** Long enough that nothing of the last append is under way: its checkpoint is in the file. */
const IDLE_MS = 8;
/** Bytes of a bare row: as many as an entry writes. */
const BARE_BYTES = 1000;

/** One append on an idle log, with the checkpoint kept outside, against a bare commit of one row. */
export const latency: MeasureGroup = {
  name: 'log',
  measures: [{ id: 'log.single_latency_ratio', unit: '×', better: 'lower', target: 2 }],
  run: singleAppends,
};

async function singleAppends(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const cluster = await LogCluster.start();
  const folder = await mkdtemp(join(tmpdir(), 'einmal-bench-'));
  try {
    const database = await cluster.fresh('bench_latency');
    const owner = database.asOwner(1);
    await createPlainTables(owner);
    const signer = benchSigner();
    const guard = new CheckpointGuard(
      new FileCheckpointStore(join(folder, 'checkpoint')),
      ed25519Verifier(signer.vkey),
    );
    const vault = new DirectoryKeyVault(join(folder, 'vault'));
    const store = new PostgresLogStore({ pool: database.asNode(), signer, vault, clock: new SystemClock(), guard });
    const bytes = Buffer.alloc(BARE_BYTES, 1);
    const bare = { name: 'bare', text: 'insert into plain.bare (bytes) values ($1)', values: [bytes] };
    const [appends, commits]: [number[], number[]] = [[], []];
    context.log(`${SAMPLES} single appends on an idle log, in turn with bare commits`);
    for (let i = -WARM_UP; i < SAMPLES; i++) {
      const commit = await timed(() => owner.query(bare));
      const append = await timed(() => store.append([retrievalOpened(i + WARM_UP)]));
      if (i < 0) continue;
      commits.push(commit);
      appends.push(append);
    }
    await guard.flush();
    await database.close();
    const baseline = median(commits);
    return { 'log.single_latency_ratio': { value: median(appends) / baseline, baseline, samples: appends } };
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  await sleep(IDLE_MS);
  const began = performance.now();
  await act();
  return performance.now() - began;
}

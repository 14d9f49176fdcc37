import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import type { Draft } from '../../src/audit/append-batch.js';
import { PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import { SystemClock } from '../../src/platform/clock.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median } from '../statistics.js';
import { perSecond } from './in-flight.js';
import { benchSigner, LogCluster } from './log-cluster.js';
import { createPlainTables, insertPlain, PlainOrm, plainRow } from './plain-tables.js';
import { retrievalOpened } from './sample-entries.js';

const ROUNDS = 5;
const WRITERS = 256;
const CONNECTIONS = 32;
const ENTRIES = 8000;
const ORM_ENTRIES = 2000;

/** Durable appends under load. Rows are prebuilt on both sides; the full path, from the event on, is reported beside. */
export const append: MeasureGroup = {
  name: 'log',
  measures: [
    { id: 'log.append_ratio_pg', unit: '×', better: 'higher', target: 3 },
    { id: 'log.append_ratio_orm', unit: '×', better: 'higher', target: 10 },
    { id: 'log.append_per_s', unit: '/s', better: 'higher', target: null },
    { id: 'log.append_full_per_s', unit: '/s', better: 'higher', target: null },
  ],
  run: appendsUnderLoad,
};

async function appendsUnderLoad(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const cluster = await LogCluster.start();
  const vaultFolder = await mkdtemp(join(tmpdir(), 'einmal-bench-'));
  try {
    const database = await cluster.fresh('bench_append');
    const owner = database.asOwner(CONNECTIONS);
    await createPlainTables(owner);
    const orm = await PlainOrm.open(database.ownerUrl, CONNECTIONS);
    const vault = new DirectoryKeyVault(vaultFolder);
    const store = new PostgresLogStore({
      pool: database.asNode(),
      signer: benchSigner(),
      vault,
      clock: new SystemClock(),
    });
    const rates = { log: [] as number[], full: [] as number[], plain: [] as number[], orm: [] as number[] };
    context.log(`${ROUNDS} rounds of ${ENTRIES} appends, ${WRITERS} in flight, in turn with the baselines`);
    for (let round = -1; round < ROUNDS; round++) {
      const rate = await oneRound(store, owner, orm);
      // The first round warms up: connections, plans, compiled code.
      if (round >= 0) for (const name of ['log', 'full', 'plain', 'orm'] as const) rates[name].push(rate[name]);
    }
    await orm.close();
    await database.close();
    const ratios = (base: readonly number[]) => rates.log.map((value, i) => value / (base[i] ?? Number.NaN));
    const [overPlain, overOrm] = [ratios(rates.plain), ratios(rates.orm)];
    return {
      'log.append_ratio_pg': { value: median(overPlain), baseline: 1, samples: overPlain },
      'log.append_ratio_orm': { value: median(overOrm), baseline: 1, samples: overOrm },
      'log.append_per_s': { value: median(rates.log), baseline: median(rates.plain), samples: rates.log },
      'log.append_full_per_s': { value: median(rates.full), baseline: median(rates.orm), samples: rates.full },
    };
  } finally {
    await cluster.stop();
    await rm(vaultFolder, { recursive: true, force: true });
  }
}

async function oneRound(store: PostgresLogStore, owner: pg.Pool, orm: PlainOrm) {
  const drafts = await drafted(store, ENTRIES);
  const log = await perSecond(
    WRITERS,
    drafts.map((draft) => async () => {
      const [receipt] = await store.appendDrafted([draft]);
      // Otherwise something else than durable entries would be counted.
      if (receipt === undefined || receipt.treeSize <= receipt.index) throw new Error('an append gave no receipt');
    }),
  );
  const rows = (await drafted(store, ENTRIES)).map(plainRow);
  const plain = await perSecond(
    CONNECTIONS,
    rows.map((row) => () => insertPlain(owner, row)),
  );
  const ormRows = (await drafted(store, ORM_ENTRIES)).map(plainRow);
  const throughOrm = await perSecond(
    CONNECTIONS,
    ormRows.map((row) => () => orm.insert(row)),
  );
  const full = await perSecond(
    WRITERS,
    Array.from({ length: ENTRIES }, (_, i) => () => store.append([retrievalOpened(i)])),
  );
  return { log, plain, orm: throughOrm, full };
}

async function drafted(store: PostgresLogStore, count: number): Promise<Draft[]> {
  return store.draft(Array.from({ length: count }, (_, i) => retrievalOpened(i)));
}

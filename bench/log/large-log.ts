import { hash } from 'node:crypto';
import type pg from 'pg';
import { frontier, restoreRange, root } from '#libs/merkle/compact-range.js';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import { APPEND_BATCH } from '../../src/audit/migrations/functions.js';
import { TABLES } from '../../src/audit/migrations/schema.js';
import { SystemClock } from '../../src/platform/clock.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { benchSigner, type LogCluster, type LogDatabase } from './log-cluster.js';
import { retrievalOpened } from './sample-entries.js';
import { nodeAt, seedTree, withoutIndexes } from './seeded-tree.js';

/** Real records at the end of a seeded log. */
const REAL = 10_000;
const REAL_AT_ONCE = 500;
/** Entries about one person, in every log: only its size differs. */
export const PER_PERSON = 10;

/** Settings of the seeding session alone: a crash costs a new seeding, nothing else. */
const FAST = ['session_replication_role = replica', 'synchronous_commit = off', "maintenance_work_mem = '1GB'"];

export type LargeLog = Readonly<{
  size: number;
  store: PostgresLogStore;
  reader: PostgresLogReader;
  close(): Promise<void>;
}>;

/**
 * A log of a given size, seeded set-wise by SQL (leaves, tree, clear columns, index of persons) with real records at its
 * end; kept between runs, since ten million entries take minutes.
 */
export async function openLargeLog(
  cluster: LogCluster,
  size: number,
  vaultFolder: string,
  log: (line: string) => void,
): Promise<LargeLog> {
  const name = `bench_large_${size}_${tablesDigest()}`;
  const database = await cluster.open(name);
  const signer = benchSigner();
  const pool = database.asNode();
  const store = new PostgresLogStore({
    pool,
    signer,
    vault: new DirectoryKeyVault(vaultFolder),
    clock: new SystemClock(),
  });
  const head = await store.head();
  if (head.size !== size) {
    if (head.size !== 0)
      throw new Error(`the log kept from an earlier run has ${head.size} entries; remove data/bench-log`);
    await cluster.dropOthers(`bench_large_${size}_`, name);
    log(`seeding a log of ${size} entries, once`);
    await seed(database, size - REAL, signer.name, (note) => signCheckpoint(note, [signer]));
    for (let i = 0; i < REAL; i += REAL_AT_ONCE)
      await store.append(Array.from({ length: REAL_AT_ONCE }, (_, n) => retrievalOpened(i + n)));
    await database.asSuperuser().query('vacuum analyze');
  }
  await cluster.warm(name);
  return { size, store, reader: new PostgresLogReader(pool), close: () => database.close() };
}

/** What was seeded into other tables is not what an append of today writes. */
function tablesDigest(): string {
  return hash('sha256', TABLES + APPEND_BATCH, 'hex').slice(0, 8);
}

/** Key in the index of persons of a seeded entry: stands for the HMAC that a real one has. */
export function seededKey(person: number): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigInt64BE(BigInt(person));
  return hash('sha256', number, 'buffer');
}

async function seed(
  database: LogDatabase,
  size: number,
  origin: string,
  sign: (note: { origin: string; size: number; root: Buffer }) => string,
): Promise<void> {
  const client = await database.asSuperuser().connect();
  try {
    for (const setting of FAST) await client.query(`set ${setting}`);
    await seedTree(client, 0, size);
    await withoutIndexes(client, () => seedRecords(client, size));
    const ids = frontier(size);
    const nodes: Buffer[] = [];
    for (const { level, index } of ids) nodes.push(await nodeAt(client, level, index));
    const rootHash = root(restoreRange(size, nodes));
    await client.query('update log.head set size = $1, root = $2, frontier = $3, checkpoint = $4, log_time = $5', [
      size,
      rootHash,
      nodes,
      sign({ origin, size, root: rootHash }),
      new Date(Date.now() - 1000),
    ]);
  } finally {
    client.release();
  }
}

async function seedRecords(client: pg.PoolClient, size: number): Promise<void> {
  await client.query(
    `insert into log.record (index, event, log_time, exchange_ref, consumer, register, evidence_type, purpose, legal_basis, outcome,
       caller_salt, protected_hash, record_id, retention_class, epoch, wrapped_key, ciphertext)
     select i, case when i % 2 = 0 then 'retrieval.opened' else 'retrieval.closed' end,
       now() - interval '1 day' + i * interval '1 millisecond' / 1000, 'exchange-' || i / 8, 'consumer-' || i % 7, 'register-' || i % 11,
       'meldebescheinigung', 'kindergeld-antrag', 'estg-67', case when i % 2 = 0 then null else 'released' end,
       sha256(int8send(i)), sha256(int8send(-i)), md5(i::text)::uuid, 'standard', to_char(now() - interval '1 day', 'YYYY-MM'), '\\x00', '\\x00'
     from generate_series(0, $1::bigint - 1) as i`,
    [size],
  );
  await client.query(
    `insert into log.subject_index (key, index, capacity)
     select sha256(int8send(i % ($1::bigint / ${PER_PERSON}))), i, 'subject' from generate_series(0, $1::bigint - 1) as i
     order by 1, 2`,
    [size],
  );
}

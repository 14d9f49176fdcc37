import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg, { type Pool, type PoolClient } from 'pg';
import { restoreRange } from '#libs/merkle/compact-range.js';
import { verifyTlogProof } from '#libs/tlog/tlog-proof.js';
import { buildBatch } from '../../src/audit/append-batch.js';
import { appendBatch, encodeCall } from '../../src/audit/append-call.postgres.js';
import type { PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import { anEntry, withEffects } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { logSigner } from '../audit/log-keys.js';

let database: LogDatabase;
beforeAll(async () => {
  database = await createLogDatabase();
});
afterAll(() => database.close());

type Query = (...args: unknown[]) => Promise<unknown>;

/** A pool whose queries pass through `around`; `name` is that of the statement. */
function poolAround(around: (name: string, query: () => Promise<unknown>) => Promise<unknown>): Pool {
  const pool = database.poolOfNode();
  pool.on('connect', (client: PoolClient) => {
    const query = client.query.bind(client) as Query;
    const named = (first: unknown) => (typeof first === 'string' ? first : (first as { name: string }).name);
    Object.assign(client, { query: (...args: unknown[]) => around(named(args[0]), () => query(...args)) });
  });
  return pool;
}

/** A node that found the head twice as it left it. */
async function alone(pool = database.poolOfNode()): Promise<PostgresLogStore> {
  const store = database.store({ pool });
  for (let i = 0; i < 3; i++) await store.append([anEntry()]);
  return store;
}

async function entries(): Promise<number[]> {
  const { rows } = await database.pool.query<{ index: string }>('select index from log.entry order by index');
  return rows.map(({ index }) => Number(index));
}

async function lockIsHeld(): Promise<void> {
  const isFree = async () => (await database.owner.query('select from log.head for update skip locked')).rowCount === 1;
  while (await isFree()) await setTimeout(10);
}

const gapless = async () => {
  const indices = await entries();
  expect(indices).toEqual(indices.map((_, i) => i));
};

describe('a node that appends alone', () => {
  it('needs one statement for a batch: no lock is held while it answers', async () => {
    const statements: string[] = [];
    const store = await alone(
      poolAround((name, query) => {
        statements.push(name);
        return query();
      }),
    );
    statements.length = 0;
    await store.append([anEntry()]);
    await store.append([anEntry(), anEntry()]);
    expect(statements).toEqual(['append_batch', 'append_batch']);
  });

  it('holds the others up for two seconds at most, also where its statement arrived and its end did not', async () => {
    const half = new pg.Client({ connectionString: database.urlOf(database.nodeRole) });
    half.on('error', () => undefined);
    await half.connect();
    const { connection } = half as unknown as { connection: pg.Connection & { stream: Socket } };
    // Parse, Bind and Execute, and a Flush instead of Sync: the statement ran, its transaction is not over.
    Object.assign(connection, { sync: () => connection.flush() });
    const store = await alone();
    const head = await store.head();
    const tree = { range: restoreRange(head.size, [...head.frontier]), checkpoint: head.checkpoint };
    const batch = buildBatch(tree, new Date().toISOString(), await store.draft([anEntry()]), logSigner);
    const sent = appendBatch(half, encodeCall(batch)).catch((error: Error) => error);
    await lockIsHeld();
    const start = performance.now();
    await store.append([anEntry()]);
    expect(performance.now() - start).toBeLessThan(2000);
    await expect(sent).resolves.toBeInstanceOf(Error);
    await gapless();
    connection.stream.destroy();
  });

  it('is not disturbed by an entry that cannot be logged: it is refused alone', async () => {
    const store = await alone();
    const never = withEffects({ kind: 'open-retrieval', retrieval: 'never', expiresAt: new Date(Number.NaN) });
    const [faulty, sound] = await Promise.allSettled([store.append([never]), store.append([anEntry()])]);
    expect(faulty).toMatchObject({ reason: { name: 'EntryInvalid', member: 'expiresAt' } });
    expect(sound.status).toBe('fulfilled');
    await expect(store.append([anEntry()])).resolves.toHaveLength(1);
  });

  it('builds a batch on one that is under way, and every proof verifies', async () => {
    const store = await alone();
    const receipts = (await Promise.all(Array.from({ length: 50 }, () => store.append([anEntry()])))).flat();
    const first = receipts[0]!.index;
    expect(receipts.map(({ index }) => index)).toEqual(receipts.map((_, i) => first + i));
    for (const receipt of receipts) verifyTlogProof(receipt.tlogProof(), receipt.leaf, logSigner.vkey);
    expect(new Set(receipts.map(({ treeSize }) => treeSize)).size).toBeGreaterThan(2);
    await gapless();
  });

  it('gives every index once when another node comes in between', async () => {
    const [one, other] = [await alone(), await alone()];
    const calls = [one, other, other, one, one, other, one].flatMap((store) =>
      Array.from({ length: 9 }, () => store.append([anEntry()])),
    );
    const receipts = (await Promise.all(calls)).flat();
    expect(new Set(receipts.map(({ index }) => index)).size).toBe(receipts.length);
    for (const receipt of receipts) verifyTlogProof(receipt.tlogProof(), receipt.leaf, logSigner.vkey);
    await gapless();
  });

  it('refuses a call alone whose effect does not hold in the log, and takes the others of the batch', async () => {
    const store = await alone();
    await store.append([withEffects({ kind: 'grant-trigger', trigger: 'ahead' })]);
    await database.store().append([withEffects({ kind: 'use-trigger', trigger: 'ahead', by: 'r1' })]);
    const again = await alone();
    const calls = [
      again.append([anEntry()]),
      again.append([anEntry()]),
      again.append([anEntry()]),
      again.append([withEffects({ kind: 'use-trigger', trigger: 'ahead', by: 'r2' })]),
      again.append([anEntry()]),
    ];
    const settled = await Promise.allSettled(calls);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(settled[3]).toMatchObject({ reason: { name: 'EffectRefused', reason: 'USED' } });
    await gapless();
  });

  it('never has a release after the withdrawal, also where both wait for the same batch (DSGVO Art. 7 Abs. 3)', async () => {
    const store = await alone();
    for (let round = 0; round < 20; round++) {
      const trigger = `order-${round}`;
      await store.append([withEffects({ kind: 'grant-trigger', trigger }, { kind: 'use-trigger', trigger, by: 'r' })]);
      const fill = Array.from({ length: 3 }, () => store.append([anEntry()]));
      const withdrawal = store.append([withEffects({ kind: 'withdraw-trigger', trigger })]);
      const release = store.append([withEffects({ kind: 'trigger-in-force', trigger, by: 'r' })]);
      await expect(release).rejects.toMatchObject({ name: 'EffectRefused', reason: 'WITHDRAWN' });
      await Promise.all([...fill, withdrawal]);
    }
  });

  it('gives no receipt for a batch whose answer is lost, tells that it was written, and goes on without a gap', async () => {
    let cut = false;
    const store = await alone(
      poolAround(async (name, query) => {
        const result = await query();
        if (!cut || name !== 'append_batch') return result;
        cut = false;
        throw new Error('connection lost');
      }),
    );
    const { size } = await store.head();
    cut = true;
    const lost = withEffects({ kind: 'open-retrieval', retrieval: 'ahead-cut', expiresAt: new Date() });
    await expect(store.append([lost])).rejects.toMatchObject({ name: 'LogUnavailable', written: 'yes' });
    expect((await store.append([anEntry()]))[0]!.index).toBe(size + 1);
    await expect(store.append([lost])).rejects.toMatchObject({ reason: 'ALREADY_OPENED' });
  });

  it('writes once what was built on a batch that never came into the log', async () => {
    let refused = true;
    const warm = await alone(
      poolAround(async (name, query) => {
        if (name !== 'append_batch' || refused) return query();
        refused = true;
        throw new Error('connection lost before it was sent');
      }),
    );
    const { size } = await warm.head();
    refused = false;
    const calls = Array.from({ length: 8 }, () => warm.append([anEntry()]));
    const settled = await Promise.allSettled(calls);
    expect(settled[0]).toMatchObject({ status: 'rejected', reason: { name: 'LogUnavailable', written: 'unknown' } });
    expect(settled.slice(1).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect((await warm.head()).size).toBe(size + 7);
    await gapless();
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg, { type PoolClient } from 'pg';
import { verifyTlogProof } from '#libs/tlog/tlog-proof.js';
import { CheckpointGuard } from '../../src/audit/checkpoint-guard.js';
import { commitment, leafBytes, saltedHash } from '../../src/audit/entry.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { openRecord } from '../../src/audit/record-cipher.js';
import { subjectKey } from '../../src/audit/subject-index.js';
import { FileCheckpointStore } from '../../src/vault/checkpoint-store.file.js';
import type { Kept, KeptCheckpoint } from '../../src/vault/checkpoint-store.js';
import { anEntry, PERSON, withEffects } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { logSigner, logVerifier, MemoryKeyVault } from '../audit/log-keys.js';
import { logStoreContract } from '../audit/log-store.contract.js';

let database: LogDatabase;
beforeAll(async () => {
  database = await createLogDatabase();
});
afterAll(() => database.close());

const unavailable = (written: string) => expect.objectContaining({ name: 'LogUnavailable', written });
const pidOf = async (client: PoolClient): Promise<number> =>
  (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;

describe('PostgresLogStore keeps the contract of LogStore', () => {
  logStoreContract(async () => database.store());
});

describe('several nodes on one log', () => {
  it('give every index exactly once, and every proof verifies', async () => {
    const before = (await database.store().head()).size;
    const nodes = [
      database.store({ pool: database.poolOfNode(), maxBatch: 7 }),
      database.store({ pool: database.poolOfNode(), maxBatch: 5 }),
    ];
    const calls = nodes.flatMap((node) =>
      Array.from({ length: 60 }, (_, i) => node.append([anEntry(), ...(i % 4 === 0 ? [anEntry()] : [])])),
    );
    const receipts = (await Promise.all(calls)).flat().sort((a, b) => a.index - b.index);
    expect(receipts.map((receipt) => receipt.index)).toEqual(Array.from({ length: 150 }, (_, i) => before + i));
    for (const receipt of receipts) verifyTlogProof(receipt.tlogProof(), receipt.leaf, logSigner.vkey);
    const { rows } = await database.pool.query<{ entries: string; last: string }>(
      'select count(*) as entries, max(index) as last from log.entry',
    );
    expect(rows).toEqual([{ entries: String(before + 150), last: String(before + 149) }]);
  });

  it('let a trigger be used once, by whichever node comes first (IDNrG § 7 Abs. 2)', async () => {
    const nodes = [database.store({ pool: database.poolOfNode() }), database.store({ pool: database.poolOfNode() })];
    for (let round = 0; round < 5; round++) {
      const trigger = `nodes-${round}`;
      await nodes[0]!.append([withEffects({ kind: 'grant-trigger', trigger })]);
      const race = await Promise.allSettled(
        nodes.map((node, i) => node.append([withEffects({ kind: 'use-trigger', trigger, by: `n${i}` })])),
      );
      expect(race.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(race.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { name: 'EffectRefused', reason: 'USED' },
      });
    }
  });

  it('wait at most two seconds for one that is paused while it holds the lock', async () => {
    const paused = await database.poolOfNode().connect();
    paused.on('error', () => undefined);
    await paused.query('begin');
    await paused.query("select from log.lock_head('{}', '{}', '{}', '{}', '{}')");
    const start = performance.now();
    await database.store().append([anEntry()]);
    expect(performance.now() - start).toBeLessThan(2000);
    await expect(paused.query('select 1')).rejects.toThrow();
    paused.release(true);
  });

  it('wait at most two seconds for one that is paused in the middle of a statement that it sends', async () => {
    const paused = new pg.Client({ connectionString: database.urlOf(database.nodeRole) });
    paused.on('error', () => undefined);
    await paused.connect();
    await paused.query('begin');
    await paused.query("select from log.lock_head('{}', '{}', '{}', '{}', '{}')");
    // Parse is whole, and the server waits for the rest of Bind: no statement runs, and none is awaited.
    const message = (type: string, body: Buffer, length = body.length + 4) => {
      const head = Buffer.alloc(5);
      head.write(type);
      head.writeInt32BE(length, 1);
      return Buffer.concat([head, body]);
    };
    const { stream } = (paused as unknown as { connection: { stream: Socket } }).connection;
    const parse = message('P', Buffer.from('name\0select 1\0\0\0'));
    stream.write(Buffer.concat([parse, message('B', Buffer.alloc(1000), 1_000_000)]));
    const start = performance.now();
    await database.store().append([anEntry()]);
    expect(performance.now() - start).toBeLessThan(2000);
    stream.destroy();
  });
});

describe('the record behind a leaf', () => {
  it('has clear columns, and a protected half that opens with the epoch key and makes up the leaf', async () => {
    const vault = new MemoryKeyVault();
    const [receipt] = await database
      .store({ vault })
      .append([anEntry({ caller: { event: 'refused', consumer: 'c', outcome: 'refused', reason: 'R' } })]);
    const { rows } = await database.pool.query('select * from log.record where index = $1', [receipt!.index]);
    expect(rows[0]).toMatchObject({
      event: 'refused',
      consumer: 'c',
      outcome: 'refused',
      reason: 'R',
      register: null,
      retention_class: 'standard',
      epoch: '2026-11',
    });
    expect(rows[0].log_time.toISOString()).toBe(receipt!.opening.caller.log_time);
    const epoch = { retentionClass: 'standard', month: '2026-11' };
    const opened = openRecord(
      { recordId: rows[0].record_id, epoch, wrappedKey: rows[0].wrapped_key, ciphertext: rows[0].ciphertext },
      await vault.obtain(epoch),
    );
    expect(opened.part).toEqual(anEntry().protected);
    const leaf = leafBytes(
      commitment(saltedHash(rows[0].caller_salt, receipt!.opening.caller), saltedHash(opened.salt, opened.part)),
    );
    expect(leaf).toEqual(receipt!.leaf);
  });

  it('is found by its person through the keyed index, once as subject and once as decider', async () => {
    const vault = new MemoryKeyVault();
    const person = { kind: 'local', register: 'personenstand-test', key: 'found' } as const;
    const [receipt] = await database.store({ vault }).append([
      anEntry({
        persons: [
          { person, as: 'subject' },
          { person, as: 'decider' },
        ],
      }),
    ]);
    const { indexKey } = await vault.obtain({ retentionClass: 'standard', month: '2026-11' });
    const { rows } = await database.pool.query(
      'select index, capacity from log.subject_index where key = $1 order by capacity',
      [subjectKey(indexKey, person)],
    );
    expect(rows).toEqual(['decider', 'subject'].map((capacity) => ({ index: String(receipt!.index), capacity })));
  });

  it('is found by the thumbprint of a public key: the newest entries about it, in order', async () => {
    const aboutKey = (event: 'key.added' | 'key.removed') =>
      anEntry({ caller: { event, consumer: 'node', key_thumbprint: 'thumbprint' }, persons: [] });
    const changes = [aboutKey('key.added'), aboutKey('key.removed'), aboutKey('key.added')];
    const receipts = await database.store().append(changes);
    const found = await new PostgresLogReader(database.pool).ofKey('thumbprint', 2);
    expect(found.map(({ index, caller }) => [index, caller.event])).toEqual([
      [receipts[1]?.index, 'key.removed'],
      [receipts[2]?.index, 'key.added'],
    ]);
  });

  it('has the person in no clear column of any table', async () => {
    await database.store().append([anEntry()]);
    const { rows } = await database.superuser.query<{ dump: string }>(
      `select string_agg(t::text, '') as dump from (select r::text from log.record r union all select s::text from log.subject_index s union all select e::text from log.entry e) t`,
    );
    expect(rows[0]!.dump).not.toContain(PERSON.idnr);
    expect(rows[0]!.dump).not.toContain(Buffer.from(PERSON.idnr).toString('hex'));
  });
});

describe('a failure', () => {
  it('of the connection before the commit writes nothing, gives no receipt, and the next append continues', async () => {
    const blocker = await database.pool.connect();
    await blocker.query('begin');
    await blocker.query("select from log.lock_head('{}', '{}', '{}', '{}', '{}')");
    const pool = database.poolOfNode();
    const store = database.store({ pool });
    const { size } = await store.head();
    const append = store.append([anEntry()]);
    const waiting = expect(append).rejects.toEqual(unavailable('no'));
    for (let terminated = false; !terminated; ) {
      const { rowCount } = await database.superuser.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = $1 and wait_event_type = 'Lock' and query like '%lock_head%'`,
        [database.nodeRole],
      );
      terminated = (rowCount ?? 0) > 0;
    }
    await blocker.query('rollback');
    blocker.release();
    await waiting;
    expect((await store.append([anEntry()]))[0]!.index).toBe(size);
  });

  it('of the connection at the commit gives no receipt, tells that the entry was written, and leaves no gap', async () => {
    const pool = database.poolOfNode();
    let cut = true;
    pool.on('connect', (client) => {
      const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
      Object.assign(client, {
        query: async (...args: unknown[]) => {
          const result = await query(...args);
          if (args[0] === 'commit' && cut) {
            cut = false;
            throw new Error('connection lost');
          }
          return result;
        },
      });
    });
    const store = database.store({ pool });
    const { size } = await store.head();
    const lost = withEffects({ kind: 'open-retrieval', retrieval: 'cut', expiresAt: new Date() });
    await expect(store.append([lost])).rejects.toEqual(unavailable('yes'));
    expect((await store.append([anEntry()]))[0]!.index).toBe(size + 1);
    await expect(store.append([lost])).rejects.toMatchObject({ reason: 'ALREADY_OPENED' });
  });

  it('of the commit itself, answered as a rollback, gives no receipt', async () => {
    const pool = database.poolOfNode();
    pool.on('connect', (client) => {
      const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
      Object.assign(client, { query: (...args: unknown[]) => query(...(args[0] === 'commit' ? ['rollback'] : args)) });
    });
    const store = database.store({ pool });
    const { size } = await store.head();
    await expect(store.append([anEntry()])).rejects.toEqual(unavailable('no'));
    expect((await store.head()).size).toBe(size);
  });

  it('of the server is told as such, also when nothing listens', async () => {
    const pool = new pg.Pool({ host: '127.0.0.1', port: 1 });
    await expect(database.store({ pool }).append([anEntry()])).rejects.toEqual(unavailable('no'));
    await pool.end();
  });

  it('of a session that dies while it holds the lock leaves no trace', async () => {
    const client = await database.poolOfNode().connect();
    client.on('error', () => undefined);
    await client.query('begin');
    await client.query("select from log.lock_head('{}', '{}', '{}', '{}', '{}')");
    await database.superuser.query('select pg_terminate_backend($1)', [await pidOf(client)]);
    const { size } = await database.store().head();
    expect((await database.store().append([anEntry()]))[0]!.index).toBe(size);
    client.release(true);
  });
});

describe('the checkpoint outside the database', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'einmal-log-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('follows the log, and altered it keeps the node from starting', async () => {
    const path = join(folder, 'checkpoint');
    const guard = new CheckpointGuard(new FileCheckpointStore(path), logVerifier);
    const store = database.store({ guard });
    expect(await guard.check(store)).toBe('adopted');
    const [receipt] = await store.append([anEntry()]);
    await guard.flush();
    expect(await readFile(path, 'utf8')).toBe(receipt!.checkpoint);
    expect(await new CheckpointGuard(new FileCheckpointStore(path), logVerifier).check(store)).toBe('held');
    await writeFile(path, receipt!.checkpoint.replace(`\n${receipt!.treeSize}\n`, `\n${receipt!.treeSize + 1}\n`));
    await expect(new CheckpointGuard(new FileCheckpointStore(path), logVerifier).check(store)).rejects.toMatchObject({
      name: 'RollbackDetected',
      code: 'FILE_INVALID',
    });
  });

  it('stops the log when it cannot be written', async () => {
    const disk = { full: true };
    class Store extends FileCheckpointStore {
      override async advance(next: KeptCheckpoint): Promise<Kept> {
        if (disk.full) throw new Error('no space left');
        return super.advance(next);
      }
    }
    const guard = new CheckpointGuard(new Store(join(folder, 'full')), logVerifier);
    const store = database.store({ guard });
    await store.append([anEntry()]);
    await expect(guard.flush()).rejects.toThrow();
    await expect(store.append([anEntry()])).rejects.toEqual(unavailable('no'));
    disk.full = false;
    await store.append([anEntry()]);
    await guard.flush();
  });

  it('stops the log when it cannot be read: nobody could tell whether something was lost', async () => {
    await writeFile(join(folder, 'file'), '');
    const guard = new CheckpointGuard(new FileCheckpointStore(join(folder, 'file', 'checkpoint')), logVerifier);
    const store = database.store({ guard });
    await expect(store.append([anEntry()])).rejects.toEqual(unavailable('no'));
    await rm(join(folder, 'file'));
    await store.append([anEntry()]);
    await guard.flush();
  });
});

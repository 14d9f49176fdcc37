import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { openCheckpoint, signCheckpoint } from '#libs/tlog/checkpoint.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import type { PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import { withClient } from '../../src/demo/database.js';
import { PostgresEraser } from '../../src/erasure/eraser.postgres.js';
import { Erasure } from '../../src/erasure/erasure.js';
import { type Finding, ReconciliationJournal } from '../../src/reconciliation/reconciliation-journal.js';
import { type FsckParts, type FsckResult, fsck } from '../../src/recovery/fsck.js';
import { PostgresLogSnapshot } from '../../src/recovery/log-snapshot.postgres.js';
import { startFsck } from '../../src/recovery/start-fsck.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { EpochDestroyed } from '../../src/vault/key-vault.js';
import { DirectoryTombstones } from '../../src/vault/tombstones.directory.js';
import { anEntry } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { FixedClock, forger, logSigner, logVerifier } from '../audit/log-keys.js';
import { fill } from '../recovery/logged.js';

/** 3 retrievals of 3 entries, a withdrawal, a read; then what is erased and its statement: 14 entries, 12 records. */
const RETRIEVALS = 3;
const ERASED = [11, 12];
const STATEMENT = 13;
const SIZE = 14;
const TABLES = [
  'head',
  'entry',
  'node',
  'record',
  'subject_index',
  'trigger_state',
  'retrieval_state',
  'once',
  'erasure',
  'erased',
];

let database: LogDatabase;
let folder: string;
let keys: DirectoryKeyVault;
let tombstones: DirectoryTombstones;
let store: PostgresLogStore;
let erasure: Erasure;
beforeAll(async () => {
  database = await createLogDatabase();
  folder = await mkdtemp(join(tmpdir(), 'einmal-fsck-'));
  keys = new DirectoryKeyVault(folder);
  tombstones = new DirectoryTombstones(join(folder, 'tombstones'));
  store = database.store({ vault: keys, clock: new FixedClock() });
  const reader = new PostgresLogReader(database.pool);
  erasure = anErasure(store);
  await fill(store, RETRIEVALS);
  const gone = await store.append([
    anEntry({ caller: { event: 'refused', consumer: 'c' } }),
    anEntry({ caller: { event: 'incident', consumer: 'c' } }),
  ]);
  const ids = await Promise.all(gone.map(async ({ index }) => (await reader.record(index))!.sealed.recordId));
  await erasure.erase(ids, { reason: 'test', fileReference: 'AZ 1', orderedBy: 'office 3' });
  await asSuperuser(async (client) => {
    // Whoever changes a log on its disk asks no constraint.
    const { rows } = await client.query<{ sql: string }>(
      `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as sql from pg_constraint
       where contype = 'c' and connamespace = 'log'::regnamespace`,
    );
    for (const { sql } of rows) await client.query(sql);
    await client.query('create schema saved');
    await client.query(`grant usage on schema saved to public`);
    await client.query('alter default privileges in schema saved grant select on tables to public');
    for (const table of TABLES) await client.query(`create table saved.${table} as select * from log.${table}`);
  });
});
afterEach(() =>
  asSuperuser(async (client) => {
    for (const table of TABLES) {
      await client.query(`delete from log.${table}`);
      await client.query(`insert into log.${table} select * from saved.${table}`);
    }
  }),
);
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

function anErasure(log: PostgresLogStore): Erasure {
  const [reader, eraser] = [new PostgresLogReader(database.pool), new PostgresEraser(database.purge)];
  const audit = new AuditLog(log);
  return new Erasure({ reader, audit, eraser, vault: keys, tombstones, clock: new FixedClock(), node: 'node' });
}

async function asSuperuser(work: (client: pg.Client) => Promise<void>): Promise<void> {
  await withClient(database.superuser.options.connectionString ?? '', async (client) => {
    await client.query('set session_replication_role = replica');
    await work(client);
  });
}

/** Changes the log behind its back. */
const tamper = (...statements: readonly string[]) =>
  asSuperuser(async (client) => {
    for (const sql of statements) expect((await client.query(sql)).rowCount).toBeGreaterThan(0);
  });

async function checked({ isBare, ...parts }: Partial<FsckParts> & { isBare?: true } = {}): Promise<FsckResult> {
  return withClient(database.urlOf(database.nodeRole), async (client) => {
    const vault = isBare ? {} : { vault: { keys, tombstones } };
    return fsck({ snapshot: await PostgresLogSnapshot.open(client), log: logVerifier, ...vault, ...parts });
  });
}
const found = async (parts?: Parameters<typeof checked>[0]) => (await checked(parts)).fault;
/** The same with nothing but the public key. */
const withoutKeys = { isBare: true } as const;

/** One bit of one byte, the rest as it was. */
const flip = (column: string, byte: number) =>
  `${column} = set_byte(${column}, ${byte}, get_byte(${column}, ${byte}) # 1)`;

describe('a log that nobody changed', () => {
  it('holds, with all that can be opened, and what was erased stated (IDNrG § 9 Abs. 3)', async () => {
    const { root } = await store.head();
    expect(await checked()).toEqual({ size: SIZE, root, records: 12, opened: 12, erased: 2, unopened: 0 });
  });

  it('holds without keys too: leaves, tree, signature and states need none', async () => {
    expect(await checked(withoutKeys)).toMatchObject({ records: 12, opened: 0, unopened: 0 });
    expect(await found(withoutKeys)).toBeUndefined();
  });

  it('is read with the rights of the node, which may change nothing, and leaves no trace', async () => {
    const before = await store.head();
    await checked();
    expect(await store.head()).toEqual(before);
  });

  it('says how many records it could not open, where the vault has no keys of their epoch', async () => {
    const none = { keys: new DirectoryKeyVault(join(folder, 'none')), tombstones };
    const result = await checked({ vault: none });
    expect(result).toMatchObject({ opened: 0, unopened: 12 });
    expect(result.fault).toBeUndefined();
  });

  it('empty, holds', async () => {
    const empty = await createLogDatabase();
    const result = await withClient(empty.urlOf(empty.nodeRole), async (client) =>
      fsck({ snapshot: await PostgresLogSnapshot.open(client), log: logVerifier }),
    );
    expect(result).toMatchObject({ size: 0, records: 0 });
    expect(result.fault).toBeUndefined();
    await empty.close();
  });
});

const at = (table: string, row: unknown, column?: string, byte?: number) =>
  expect.objectContaining({ table, row, ...(column !== undefined && { column }), ...(byte !== undefined && { byte }) });

describe('the first wrong byte is named', () => {
  const update = (table: string, set: string, index: number) => `update log.${table} set ${set} where index = ${index}`;
  const bytes: readonly (readonly [table: string, column: string, index: number, byte: number])[] = [
    ['entry', 'leaf', 4, 0],
    ['entry', 'leaf', 4, 17],
    ['entry', 'leaf', 0, 32],
    ['entry', 'leaf_hash', 5, 31],
    ['entry', 'leaf_hash', 11, 3],
    ['entry', 'leaf_hash', 13, 9],
    ['record', 'protected_hash', 7, 2],
  ];
  it.each(bytes)('in log.%s.%s of entry %i: byte %i', async (table, column, index, byte) => {
    await tamper(update(table, flip(column, byte), index));
    expect(await found()).toEqual(at(`log.${table}`, `index ${index}`, column, byte));
  });

  it.each([
    [1, 0, 5],
    [1, 6, 0],
    [2, 1, 31],
    [3, 0, 12],
  ])('in log.node at level %i, index %i: byte %i', async (level, index, byte) => {
    await tamper(`update log.node set ${flip('hash', byte)} where level = ${level} and index = ${index}`);
    expect(await found()).toEqual(at('log.node', `level ${level}, index ${index}`, 'hash', byte));
  });

  it('in the head: root, frontier, and every line of the checkpoint that is signed', async () => {
    const note = (await store.head()).checkpoint!;
    const second = note.indexOf('\n') + 1;
    for (const [set, column, byte] of [
      [flip('root', 8), 'root', 8],
      [`frontier[2] = set_byte(frontier[2], 4, get_byte(frontier[2], 4) # 1)`, 'frontier', 36],
      [`checkpoint = overlay(checkpoint placing '9' from ${second + 1})`, 'checkpoint', second],
      [`checkpoint = 'x' || substr(checkpoint, 2)`, 'checkpoint', 0],
    ] as const) {
      await tamper(`update log.head set ${set}`);
      expect(await found()).toEqual(at('log.head', 'the head', column, byte));
      await tamper(
        'update log.head h set root = s.root, frontier = s.frontier, checkpoint = s.checkpoint from saved.head s',
      );
    }
  });

  it('in the index of persons, where a key is not that of a person of its entry', async () => {
    const one = "(select key from log.subject_index where index = 4 and capacity = 'subject' order by key limit 1)";
    await tamper(`update log.subject_index set ${flip('key', 20)} where index = 4 and key = ${one}`);
    expect(await found()).toEqual(at('log.subject_index', 'index 4', 'key', 20));
    expect(await found(withoutKeys)).toBeUndefined();
  });
});

describe('a record is not what was logged', () => {
  it.each([
    ["event = 'incident'", 'event to trigger_id, or caller_salt'],
    ["consumer = 'somebody'", 'event to trigger_id, or caller_salt'],
    ['purpose = null', 'event to trigger_id, or caller_salt'],
    ["reason = 'BUSY'", 'event to trigger_id, or caller_salt'],
    [flip('caller_salt', 0), 'event to trigger_id, or caller_salt'],
    ["event = 'nothing'", 'event'],
    ["outcome = 'nothing'", 'outcome'],
    ["consumer = ''", 'consumer'],
    ["log_time = log_time + interval '1 microsecond'", 'log_time'],
    ["log_time = log_time - interval '1 hour'", 'log_time'],
    ["log_time = log_time + interval '1 year'", 'log_time'],
  ])('where %s', async (set, column) => {
    await tamper(`update log.record set ${set} where index = 6`);
    for (const parts of [{}, withoutKeys]) expect(await found(parts)).toEqual(at('log.record', 'index 6', column));
  });

  it.each([
    [flip('ciphertext', 40), 'ciphertext'],
    ["ciphertext = ''", 'ciphertext'],
    [flip('wrapped_key', 3), 'wrapped_key, record_id, retention_class or epoch'],
    ['record_id = gen_random_uuid()', 'wrapped_key, record_id, retention_class or epoch'],
    ["retention_class = 'Ö!'", 'retention_class or epoch'],
  ])('where %s, with the keys', async (set, column) => {
    await tamper(`update log.record set ${set} where index = 6`);
    expect(await found()).toEqual(at('log.record', 'index 6', column));
  });
});

describe('a leaf that was changed together with its hash', () => {
  const moved = (from: number, to: number) =>
    `update log.entry e set leaf = s.leaf, leaf_hash = s.leaf_hash from saved.entry s where s.index = ${from} and e.index = ${to}`;

  it('is not what its record commits to, and the tree was built over what the record says', async () => {
    await tamper(moved(3, 4));
    const { rows } = await database.owner.query<{ index: string; leaf: Buffer }>('select index, leaf from saved.entry');
    const [was, is] = ['4', '3'].map((index) => rows.find((row) => row.index === index)!.leaf);
    const byte = was!.findIndex((each, i) => each !== is![i]);
    for (const parts of [{}, withoutKeys]) expect(await found(parts)).toEqual(at('log.entry', 'index 4', 'leaf', byte));
  });

  it('of an erased record: the node above, which fits the one above it, was built over another', async () => {
    await tamper(moved(3, 11));
    expect(await found()).toEqual(at('log.entry', 'index 10 to 11', 'leaf'));
  });

  it('with its node above: the wrong one is below what the head was built over', async () => {
    await tamper(moved(3, 11), `update log.node set ${flip('hash', 0)} where level = 1 and index = 5`);
    expect(await found()).toEqual(at('log.node', 'level 1, index 5', 'hash'));
  });
});

describe('something is missing, or too much', () => {
  it.each([
    ['a leaf in the middle', 'delete from log.entry where index = 5', at('log.entry', 'index 5')],
    ['the last leaf', `delete from log.entry where index = ${SIZE - 1}`, at('log.entry', `index ${SIZE - 1}`)],
    [
      'a leaf beyond the head',
      `insert into log.entry select ${SIZE}, leaf, leaf_hash from log.entry where index = 0`,
      at('log.entry', `index ${SIZE}`),
    ],
    ['a record that no entry erases', 'delete from log.record where index = 2', at('log.record', 'index 2')],
    ['a node', 'delete from log.node where level = 1 and index = 3', at('log.node', 'level 1, index 3')],
    ['the last node of a level', 'delete from log.node where level = 3', at('log.node', 'level 3, index 0')],
    [
      'a node of a larger tree',
      'insert into log.node select 4, 0, hash from log.node where level = 3',
      at('log.node', 'level 4, index 0'),
    ],
    [
      'the index row of a person',
      "delete from log.subject_index where ctid = (select ctid from log.subject_index where index = 1 and capacity = 'subject' limit 1)",
      at('log.subject_index', 'index 1'),
    ],
    [
      'an index row of somebody else',
      "insert into log.subject_index values (sha256('x'), 1, 'subject')",
      at('log.subject_index', 'index 1'),
    ],
    [
      'an index row of a record that is erased',
      "insert into log.subject_index values (sha256('x'), 11, 'subject')",
      at('log.subject_index', 'index 11'),
    ],
  ])('%s', async (_what, sql, place) => {
    await tamper(sql);
    expect(await found()).toEqual(place);
  });

  it('the head of an earlier time, with its own signature', async () => {
    const { root } = await store.head();
    const checkpoint = signCheckpoint({ origin: logSigner.name, size: SIZE, root }, [forger]);
    await asSuperuser(async (client) => void (await client.query('update log.head set checkpoint = $1', [checkpoint])));
    expect(await found()).toEqual(at('log.head', 'the head', 'checkpoint'));
  });

  it('entries that were acknowledged: the kept checkpoint is larger, or of another history', async () => {
    const head = await store.head();
    const kept = openCheckpoint(head.checkpoint!, logVerifier);
    expect(await found({ kept })).toBeUndefined();
    expect(await found({ kept: { ...kept, size: SIZE + 3 } })).toEqual(at('log.entry', `index ${SIZE}`));
    expect(await found({ kept: { ...kept, size: 5 } })).toEqual(at('the kept checkpoint', 'size 5'));
  });
});

describe('erased records', () => {
  const [first = 0, last = 0] = ERASED;

  it('are missing only where an entry erased them', async () => {
    await tamper(`delete from log.erased where index = ${first}`);
    expect(await found()).toEqual(at('log.record', `index ${first}`));
  });

  it('are those whose leaves make up the root that the entry states, and no others', async () => {
    await tamper('delete from log.record where index = 2', 'delete from log.subject_index where index = 2');
    await tamper(`insert into log.erased values (2, ${STATEMENT})`, `update log.erasure set erased = 3`);
    expect(await found()).toEqual(at('log.erasure', `index ${STATEMENT}`, 'root'));
    expect(await found(withoutKeys)).toEqual(at('log.erasure', `index ${STATEMENT}`, 'root'));
  });

  it('count as the list says, and as the entry says', async () => {
    await tamper('update log.erasure set erased = 1');
    expect(await found()).toEqual(at('log.erasure', `index ${STATEMENT}`, 'erased'));
  });

  it.each([
    ["epoch = '2026-10'", 'epoch'],
    ["retention_class = 'short'", 'retention_class'],
  ])('are not of another epoch than the entry states: %s', async (set, column) => {
    await tamper(`update log.erasure set ${set}`);
    expect(await found()).toEqual(at('log.erasure', `index ${STATEMENT}`, column));
  });

  it('cannot be stated by an entry that came before, or that states something else', async () => {
    await tamper('insert into log.erasure select 3, retention_class, epoch, 0, root, now() from log.erasure');
    expect(await found()).toEqual(at('log.erasure', 'index 3'));
    await tamper(`update log.erased set erasure = 3 where index = ${last}`);
    expect(await found()).toEqual(expect.objectContaining({ table: expect.stringMatching(/log.eras(ure|ed)/) }));
  });

  it('that are back, as after a restore, are found by the list', async () => {
    await tamper(
      `insert into log.record select ${first}, event, log_time, exchange_ref, retrieval_ref, consumer, register, evidence_type, purpose, legal_basis, outcome, reason, subject_role, release_digest, trigger_id, key_thumbprint, caller_salt, protected_hash, gen_random_uuid(), retention_class, epoch, wrapped_key, ciphertext from log.record where index = 10`,
    );
    expect(await found(withoutKeys)).toEqual(at('log.record', `index ${first}`));
  });

  it('that are back are found by the vault: by their tombstone', async () => {
    const { rows } = await database.pool.query<{ id: string }>(
      'select record_id as id from log.record where index = 10',
    );
    const buried = new DirectoryTombstones(join(folder, 'buried'));
    await buried.bury([rows[0]!.id]);
    const vault = { keys, tombstones: buried };
    expect(await found({ vault })).toEqual(at('log.record', 'index 10', 'record_id'));
    // Ordered and not done is not back.
    const order = await buried.order([rows[0]!.id], '{}');
    expect(await found({ vault })).toBeUndefined();
    await buried.settle(order);
    expect(await found({ vault })).toEqual(at('log.record', 'index 10', 'record_id'));
  });

  it('of an epoch whose keys are destroyed are found, and so are keys that nobody states', async () => {
    const other = new DirectoryKeyVault(join(folder, 'copy'));
    other.find = () => Promise.reject(new EpochDestroyed('the epoch was destroyed'));
    expect(await found({ vault: { keys: other, tombstones } })).toEqual(at('log.record', 'index 0', 'epoch'));
    other.find = (epoch) => keys.find(epoch);
    other.destroyed = async () => [{ retentionClass: 'standard', month: '2024-01' }];
    expect(await found({ vault: { keys: other, tombstones } })).toEqual(at('the vault', 'epoch standard 2024-01'));
    expect(await found({ vault: { keys: other, tombstones }, hasEnded: true })).toBeUndefined();
  });
});

describe('states that no entry bears out', () => {
  it.each([
    [
      "update log.trigger_state set granted_index = 1 where trigger_id = 'trigger-0'",
      'trigger_state',
      'trigger-0',
      'granted_index',
    ],
    [
      "update log.trigger_state set used_by = 'other' where trigger_id = 'trigger-1'",
      'trigger_state',
      'trigger-1',
      'used_index',
    ],
    [
      "update log.trigger_state set used_index = 7 where trigger_id = 'trigger-1'",
      'trigger_state',
      'trigger-1',
      'used_index',
    ],
    [
      "update log.trigger_state set withdrawn_index = 8 where trigger_id = 'trigger-2'",
      'trigger_state',
      'trigger-2',
      'withdrawn_index',
    ],
    [
      "update log.retrieval_state set closed_index = 8 where retrieval_id = 'retrieval-0'",
      'retrieval_state',
      'retrieval-0',
      'closed_index',
    ],
    [
      "update log.retrieval_state set opened_index = 2 where retrieval_id = 'retrieval-0'",
      'retrieval_state',
      'retrieval-0',
      'opened_index',
    ],
    [
      "update log.trigger_state set used_index = null, used_by = null where trigger_id = 'trigger-1'",
      'trigger_state',
      'entry 4',
      '',
    ],
    [
      "update log.trigger_state set withdrawn_index = null where trigger_id = 'trigger-0'",
      'trigger_state',
      'entry 9',
      '',
    ],
    ["delete from log.trigger_state where trigger_id = 'trigger-2'", 'trigger_state', 'entry 6', ''],
    [
      "update log.retrieval_state set closed_index = null where retrieval_id = 'retrieval-1'",
      'retrieval_state',
      'entry 5',
      '',
    ],
    ["delete from log.retrieval_state where retrieval_id = 'retrieval-1'", 'retrieval_state', 'entry 4', ''],
  ])('%s', async (sql, table, row, column) => {
    await tamper(sql);
    expect(await found()).toEqual(at(`log.${table}`, row, column === '' ? undefined : column));
  });
});

describe('differences from the log of a register', () => {
  const finding = (sequence: number): Finding => ({
    kind: 'NOT_OURS',
    register: 'melderegister-test',
    line: {
      sequence,
      atMs: 0,
      ref: undefined,
      consumer: undefined,
      evidenceType: undefined,
      purpose: undefined,
      outcome: 'answered',
      reason: undefined,
    },
  });
  let log: PostgresLogStore;
  let journal: ReconciliationJournal;
  beforeEach(async () => {
    // One of its own each time: a node that wrote more does not append to what is put back after a test.
    log = database.store({ vault: keys });
    journal = new ReconciliationJournal(log, 'node');
    for (const it of [1, 2]) await journal.found(finding(it));
  });
  const first = '(select min(index) from log.once)';

  it('leave a log that holds: each is in it once', async () => {
    expect(await journal.found(finding(2))).toBe('known');
    expect(await found()).toBeUndefined();
  });

  it.each([
    ['a row of another entry', `update log.once set index = 0 where index = ${first}`, 'finding', 'index'],
    ['no row', `delete from log.once where index = ${first}`, `entry ${SIZE}`, undefined],
  ])('are found with %s', async (_what, sql, row, column) => {
    await tamper(sql);
    expect(await found()).toEqual(at('log.once', expect.stringContaining(row), column));
  });

  it('are forgotten with their entry', async () => {
    const reader = new PostgresLogReader(database.pool);
    const { sealed } = (await reader.record(SIZE))!;
    await anErasure(log).erase([sealed.recordId], { reason: 'test', fileReference: 'AZ 1', orderedBy: 'office 3' });
    const { rows } = await database.pool.query('select index from log.once');
    expect(rows).toEqual([{ index: String(SIZE + 1) }]);
    expect(await found()).toBeUndefined();
  });
});

describe('anomalies', () => {
  const caller = { consumer: 'c' };
  let audit: AuditLog;
  beforeEach(async () => {
    audit = new AuditLog(database.store({ vault: keys }));
    await audit.anomalyOnce('anomaly of an hour', { caller });
    await audit.anomaly({ caller: { ...caller, reason: 'TOO_MANY_MISIDENTIFICATIONS' } });
  });

  it('leave a log that holds: those with a name are in it once, those that a caller was told of each time', async () => {
    expect(await audit.anomalyOnce('anomaly of an hour', { caller })).toBeUndefined();
    await audit.anomaly({ caller: { ...caller, reason: 'TOO_MANY_MISIDENTIFICATIONS' } });
    expect(await found()).toBeUndefined();
  });

  it('and what fixes a sample are told apart: each is in it once (ADR 139)', async () => {
    await audit.sampleFixed(3, { caller });
    expect(await audit.sampleFixed(3, { caller })).toBeUndefined();
    expect(await found()).toBeUndefined();
    await tamper(`delete from log.once where name = 'sample 3'`);
    expect(await found()).toEqual(at('log.once', `entry ${SIZE + 2}`));
  });

  it.each([
    ['a row of one without a name', `update log.once set index = ${SIZE + 1}`, 'anomaly of an hour', 'index'],
    ['no row', 'delete from log.once', `entry ${SIZE}`, undefined],
  ])('are found with %s', async (_what, sql, row, column) => {
    await tamper(sql);
    expect(await found()).toEqual(at('log.once', expect.stringContaining(row), column));
  });
});

describe('a log of some thousand entries', () => {
  it('is checked in batches as one of a few is, beside a node that appends', async () => {
    const large = await createLogDatabase();
    const writer = large.store({ vault: keys, maxBatch: 500 });
    const many = Array.from({ length: 3000 }, () => anEntry({ caller: { event: 'refused', consumer: 'c' } }));
    for (let i = 0; i < many.length; i += 500) await writer.append(many.slice(i, i + 500));
    const seen: number[] = [];
    const result = await withClient(large.urlOf(large.nodeRole), async (client) => {
      const snapshot = await PostgresLogSnapshot.open(client);
      await snapshot.head();
      await writer.append(many.slice(0, 3));
      return fsck({ snapshot, log: logVerifier, vault: { keys, tombstones }, onProgress: (done) => seen.push(done) });
    });
    expect(result).toMatchObject({ size: 3000, opened: 3000 });
    expect(result.fault).toBeUndefined();
    expect(seen.at(-1)).toBe(3000);
    await large.close();
  }, 60_000);
});

describe('the command', () => {
  it('needs a login that reads the log and a public key, and nothing else', async () => {
    const environment = { DATABASE_URL: database.urlOf(database.nodeRole) };
    const result = await startFsck({ withoutKeys: true, vkey: logSigner.vkey }, environment);
    expect(result).toMatchObject({ size: SIZE, opened: 0 });
    expect(result.fault).toBeUndefined();
    await expect(startFsck({ withoutKeys: true }, environment)).rejects.toMatchObject({ name: 'ConfigFault' });
    await expect(startFsck({ withoutKeys: true, vkey: 'nothing' }, environment)).rejects.toMatchObject({
      name: 'NoteFault',
    });
  });

  it('names all that is missing in its environment', async () => {
    await expect(startFsck({}, {})).rejects.toMatchObject({
      faults: [
        expect.stringContaining('DATABASE_URL'),
        expect.stringContaining('EINMAL_KEYS'),
        expect.stringContaining('EINMAL_LOG_ORIGIN'),
      ],
    });
  });
});

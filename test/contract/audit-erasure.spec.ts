import { generateKeyPairSync } from 'node:crypto';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { append, emptyRange, root } from '#libs/merkle/compact-range.js';
import { leafHash } from '#libs/merkle/hash.js';
import { verifyConsistency, verifyInclusion } from '#libs/merkle/verify.js';
import { openCheckpoint, signCheckpoint } from '#libs/tlog/checkpoint.js';
import type { NoteSigner } from '#libs/tlog/signed-note.js';
import { parseTilePath } from '#libs/tlog/tile-path.js';
import { verifyTlogProof } from '#libs/tlog/tlog-proof.js';
import { verifyTree } from '#libs/tlog/verify-tree.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { readLogSigner } from '../../src/audit/log-signer.js';
import type { AuditReceipt, NewEntry } from '../../src/audit/log-store.js';
import type { PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import type { ErasureStatement } from '../../src/audit/record.js';
import { openRecord } from '../../src/audit/record-cipher.js';
import { PostgresEraser } from '../../src/erasure/eraser.postgres.js';
import { demandErased, Erasure } from '../../src/erasure/erasure.js';
import { startErase, startPurge } from '../../src/erasure/start-erasure.js';
import { GetTile, GetTileHandler } from '../../src/transparency/get-tile.js';
import { ProveConsistency, ProveConsistencyHandler } from '../../src/transparency/prove-consistency.js';
import { ProveInclusion, ProveInclusionHandler } from '../../src/transparency/prove-inclusion.js';
import { FileCheckpointStore } from '../../src/vault/checkpoint-store.file.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { DirectoryTombstones } from '../../src/vault/tombstones.directory.js';
import { anEntry } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { FixedClock, logSigner, logVerifier } from '../audit/log-keys.js';
import { begunHistory } from '../support/begun-history.js';

/** What is older than two years is due; of two clocks the earlier one counts. */
const NOW = Date.UTC(2026, 10, 23, 12);
const CUTOFF = '2024-11-23T12:00:00.000Z';
const OLD = '2024-10-15T08:00:00Z';
const NODE = 'node';
const WHY = { reason: 'request of the person', fileReference: 'AZ 7/2026', orderedBy: 'office 3' };

let database: LogDatabase;
let folder: string;
let vault: DirectoryKeyVault;
let tombstones: DirectoryTombstones;
let store: PostgresLogStore;
let reader: PostgresLogReader;
let clock: FixedClock;
let erasure: Erasure;

async function setUp(): Promise<void> {
  database = await createLogDatabase();
  folder = await mkdtemp(join(tmpdir(), 'einmal-erasure-'));
  vault = new DirectoryKeyVault(join(folder, 'vault'));
  tombstones = new DirectoryTombstones(join(folder, 'vault', 'tombstones'));
  clock = new FixedClock(NOW);
  store = database.store({ vault, clock });
  reader = new PostgresLogReader(database.pool);
  erasure = anErasure();
}

async function tearDown(): Promise<void> {
  await database.close();
  await rm(folder, { recursive: true, force: true });
}

function anErasure(eraser = new PostgresEraser(database.purge)): Erasure {
  const audit = new AuditLog(store);
  return new Erasure({ reader, audit, eraser, vault, tombstones, clock, node: NODE });
}

const classed = (retentionClass: string): NewEntry => anEntry({ retentionClass });
/** Entries of that moment. PostgreSQL sets the time of an entry: only its superuser can move it. */
async function appendAt(time: string, ...entries: readonly NewEntry[]): Promise<AuditReceipt[]> {
  const receipts = await database.store({ vault, clock: new FixedClock(Date.parse(time)) }).append(entries);
  await database.tamper('update log.record set log_time = $2 where index = any ($1)', [
    receipts.map(({ index }) => index),
    time,
  ]);
  return receipts;
}
const count = async (table: string): Promise<number> =>
  Number((await database.pool.query(`select count(*) as n from ${table}`)).rows[0].n);
const recordIdOf = async (receipt: AuditReceipt): Promise<string> =>
  (await reader.record(receipt.index))!.sealed.recordId;

async function statementAt(index: number) {
  const record = await reader.record(index);
  return { caller: record!.caller, ...openRecord(record!.sealed, (await vault.find(record!.sealed.epoch))!).part };
}

/** The root that anybody computes from the leaves of these entries. */
function rootOver(receipts: readonly AuditReceipt[]): string {
  const range = receipts.reduce((grown, { leaf }) => append(grown, leafHash(leaf)).range, emptyRange);
  return root(range).toString('base64url');
}

describe('the purge', () => {
  beforeEach(setUp);
  afterEach(tearDown);

  it('erases row, index of persons and key of what is older than two years (IDNrG § 9 Abs. 3)', async () => {
    await appendAt(OLD, anEntry(), anEntry(), anEntry());
    const [statement] = await erasure.purge(new Map());
    expect(statement).toMatchObject({ retention_class: 'standard', month: '2024-10', count: 3, keys_destroyed: true });
    expect(await count('log.record')).toBe(1);
    expect(await count('log.subject_index')).toBe(0);
    expect(await readdir(join(folder, 'vault'))).toEqual(['standard_2024-10.destroyed', 'standard_2026-11.keys']);
    await expect(vault.find({ retentionClass: 'standard', month: '2024-10' })).rejects.toMatchObject({
      name: 'EpochDestroyed',
    });
  });

  it('states class, range and count in an entry, with a root that is recomputed from the leaves', async () => {
    const [a, other, b] = await appendAt('2026-09-15T08:00:00Z', classed('short'), anEntry(), classed('short'));
    expect(await erasure.purge(new Map([['short', 1]]))).toHaveLength(1);
    expect(await statementAt(3)).toEqual({
      caller: expect.objectContaining({ event: 'erasure', consumer: NODE }),
      cause: 'RETENTION',
      erasure: {
        retention_class: 'short',
        month: '2026-09',
        count: 2,
        first_index: a!.index,
        last_index: b!.index,
        root: rootOver([a!, b!]),
        before: '2026-10-23T12:00:00.000Z',
        keys_destroyed: true,
      },
    });
    expect(await reader.record(other!.index)).toBeDefined();
    const { rows } = await database.pool.query('select index, retention_class, epoch, erased from log.erasure');
    expect(rows).toEqual([{ index: '3', retention_class: 'short', epoch: '2026-09', erased: '2' }]);
    const erased = await database.pool.query('select index, erasure from log.erased order by index');
    expect(erased.rows).toEqual([a, b].map((gone) => ({ index: String(gone!.index), erasure: '3' })));
  });

  it('leaves every earlier receipt, inclusion and consistency proof as it was (RFC 6962 § 2.1)', async () => {
    const receipts = (await Promise.all(Array.from({ length: 20 }, () => appendAt(OLD, anEntry())))).flat();
    const before = await store.head();
    await erasure.purge(new Map());
    const [after] = await store.append([anEntry()]);
    for (const receipt of receipts) {
      verifyTlogProof(receipt.tlogProof(), receipt.leaf, logSigner.vkey);
      const proven = await new ProveInclusionHandler(store).execute(new ProveInclusion(receipt.index));
      verifyInclusion({
        index: receipt.index,
        size: proven.treeSize,
        leafHash: leafHash(receipt.leaf),
        proof: proven.proof,
        root: after!.rootHash,
      });
    }
    const { proof, newSize, newRootHash } = await new ProveConsistencyHandler(store).execute(
      new ProveConsistency(before.size),
    );
    verifyConsistency({ oldSize: before.size, newSize, oldRoot: before.root, newRoot: newRootHash, proof });
    expect(await count('log.record')).toBe(2);
    expect(await reader.leaves(0, 20)).toEqual(receipts.toSorted((a, b) => a.index - b.index).map(({ leaf }) => leaf));
    const tiles = new GetTileHandler(store, reader);
    const verdict = await verifyTree({
      tree: openCheckpoint(after!.checkpoint, logVerifier),
      earlier: before,
      fetchResource: (path) => tiles.execute(new GetTile(parseTilePath(path))),
    });
    expect(verdict).toEqual({ leaves: 22, faults: [] });
  });

  it('erases the older part of a month whose newer part stays, and keeps the key until the month is over', async () => {
    const [old] = await appendAt('2024-11-23T11:59:59Z', anEntry());
    const [young] = await appendAt(CUTOFF, anEntry());
    expect(await erasure.purge(new Map())).toEqual([
      expect.objectContaining({ count: 1, last_index: old!.index, keys_destroyed: false }),
    ]);
    expect(await reader.record(old!.index)).toBeUndefined();
    expect(await reader.record(young!.index)).toBeDefined();
    expect(await vault.find({ retentionClass: 'standard', month: '2024-11' })).toBeDefined();
  });

  it('erases nothing before its time, and writes nothing then', async () => {
    await appendAt(CUTOFF, anEntry());
    expect(await erasure.purge(new Map())).toEqual([]);
    expect((await store.head()).size).toBe(1);
  });

  it('does not believe a clock that is ahead of the database', async () => {
    await store.append([anEntry()]);
    clock.ms = Date.UTC(2199, 0);
    expect(await erasure.purge(new Map())).toEqual([]);
  });

  it('keeps the key of an epoch that a wrong clock named: a young record in it stays readable', async () => {
    const past = database.store({ vault, clock: new FixedClock(Date.UTC(2020, 0, 15)) });
    const [receipt] = await past.append([anEntry()]);
    expect(await erasure.purge(new Map())).toEqual([]);
    expect(await statementAt(receipt!.index)).toMatchObject({ cause: 'test' });
  });

  it('done again erases nothing more', async () => {
    await appendAt(OLD, anEntry());
    await erasure.purge(new Map());
    const { size } = await store.head();
    expect(await erasure.purge(new Map())).toEqual([]);
    expect((await store.head()).size).toBe(size);
  });

  it('at the same time as others is one after the other: what one has erased, no other states', async () => {
    await appendAt(OLD, anEntry(), anEntry());
    const done = await Promise.all([anErasure().purge(new Map()), anErasure().purge(new Map())]);
    expect(done.map(({ length }) => length).sort()).toEqual([0, 1]);
    expect([await count('log.entry'), await count('log.erasure')]).toEqual([3, 1]);
  });

  it('that waits for another too long says so, and has done nothing', async () => {
    const [receipt] = await appendAt(OLD, anEntry());
    const id = await recordIdOf(receipt!);
    const impatient = anErasure(new PostgresEraser(database.purge, 100));
    await new PostgresEraser(database.purge).alone(() =>
      expect(impatient.erase([id], WHY)).rejects.toMatchObject({ name: 'ErasureBusy' }),
    );
    expect([await tombstones.buried(), await count('log.entry')]).toEqual([[], 1]);
  });

  it('that died after its entry is brought to its end by the next', async () => {
    await appendAt(OLD, anEntry());
    class Dying extends PostgresEraser {
      override async erase(): Promise<void> {
        throw new Error('killed');
      }
    }
    await expect(anErasure(new Dying(database.purge)).purge(new Map())).rejects.toThrow('killed');
    expect(await count('log.subject_index')).toBe(1);
    expect(await erasure.purge(new Map())).toHaveLength(1);
    expect(await count('log.subject_index')).toBe(0);
  });

  it('that died between rows and key destroys the key next time, and states it', async () => {
    await appendAt(OLD, anEntry());
    class Dying extends PostgresEraser {
      override async erase(...order: Parameters<PostgresEraser['erase']>): Promise<void> {
        await super.erase(...order);
        throw new Error('killed');
      }
    }
    await expect(anErasure(new Dying(database.purge)).purge(new Map())).rejects.toThrow('killed');
    expect(await vault.find({ retentionClass: 'standard', month: '2024-10' })).toBeDefined();
    expect(await erasure.purge(new Map())).toEqual([
      expect.objectContaining({ month: '2024-10', count: 0, keys_destroyed: true }),
    ]);
    await expect(vault.find({ retentionClass: 'standard', month: '2024-10' })).rejects.toThrow();
  });

  it('erases nothing where the log cannot be written', async () => {
    await appendAt(OLD, anEntry());
    const pool = new pg.Pool({ host: '127.0.0.1', port: 1 });
    const audit = new AuditLog(database.store({ vault, clock, pool }));
    const eraser = new PostgresEraser(database.purge);
    const unlogged = new Erasure({ reader, audit, eraser, vault, tombstones, clock, node: NODE });
    await expect(unlogged.purge(new Map())).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    expect(await count('log.record')).toBe(1);
    await pool.end();
  });
});

describe('a single erasure (DSGVO Art. 17)', () => {
  beforeEach(setUp);
  afterEach(tearDown);

  it('erases these records and no other, states it, and leaves a tombstone', async () => {
    const [gone, stays] = await store.append([anEntry(), anEntry()]);
    const id = await recordIdOf(gone!);
    expect(await erasure.erase([id], WHY)).toEqual([
      expect.objectContaining({ count: 1, first_index: gone!.index, root: rootOver([gone!]), record_ids: [id] }),
    ]);
    expect(await reader.record(gone!.index)).toBeUndefined();
    expect(await reader.record(stays!.index)).toBeDefined();
    expect([await tombstones.buried(), await tombstones.orders()]).toEqual([[id], []]);
    expect((await stat(join(folder, 'vault', 'tombstones', id))).mode & 0o077).toBe(0);
    expect(await statementAt(2)).toMatchObject({
      cause: 'RIGHT_TO_ERASURE',
      note: WHY.reason,
      file_reference: WHY.fileReference,
      acting_official: WHY.orderedBy,
    });
    expect(await vault.epochs()).toHaveLength(1);
  });

  it('over several months and classes is one statement each', async () => {
    const receipts = await store.append([anEntry(), classed('short')]);
    expect(await erasure.erase(await Promise.all(receipts.map(recordIdOf)), WHY)).toHaveLength(2);
    expect(await erasure.erase(['00000000-0000-4000-8000-000000000000'], WHY)).toEqual([]);
  });

  describe('that was interrupted', () => {
    let gone: AuditReceipt;
    beforeEach(async () => {
      const [first] = await store.append([anEntry(), anEntry()]);
      gone = first!;
    });
    const ids = async () => [await recordIdOf(gone)];
    const started = () => demandErased(reader, vault, tombstones);
    const trueGround = {
      cause: 'RIGHT_TO_ERASURE',
      note: WHY.reason,
      file_reference: WHY.fileReference,
      acting_official: WHY.orderedBy,
    };

    it('before its entry, as by a log that is away, is done by the next purge on the ground that it was ordered on', async () => {
      const pool = new pg.Pool({ host: '127.0.0.1', port: 1 });
      const audit = new AuditLog(database.store({ vault, clock, pool }));
      const eraser = new PostgresEraser(database.purge);
      const unlogged = new Erasure({ reader, audit, eraser, vault, tombstones, clock, node: NODE });
      const named = await ids();
      await expect(unlogged.erase(named, WHY)).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
      await pool.end();
      expect(await tombstones.buried()).toEqual(named);
      // Not erased yet, so nothing came back: a node that starts meanwhile serves.
      await expect(started()).resolves.toBeUndefined();
      expect(await erasure.purge(new Map())).toEqual([expect.objectContaining({ record_ids: named, count: 1 })]);
      expect(await statementAt(2)).toMatchObject(trueGround);
      expect(await reader.record(gone.index)).toBeUndefined();
      expect(await tombstones.orders()).toEqual([]);
      expect(await erasure.purge(new Map())).toEqual([]);
    });

    it('after its entry is stated again, on the same ground', async () => {
      class Dying extends PostgresEraser {
        override async erase(): Promise<void> {
          throw new Error('killed');
        }
      }
      await expect(anErasure(new Dying(database.purge)).erase(await ids(), WHY)).rejects.toThrow('killed');
      await expect(started()).resolves.toBeUndefined();
      expect(await erasure.purge(new Map())).toHaveLength(1);
      expect([await statementAt(2), await statementAt(3)]).toEqual([
        expect.objectContaining(trueGround),
        expect.objectContaining(trueGround),
      ]);
      expect(await reader.record(gone.index)).toBeUndefined();
    });
  });

  it('takes no name that is no record', async () => {
    await expect(erasure.erase(['../keys'], WHY)).rejects.toMatchObject({ name: 'VaultFault' });
  });

  it('passes over what lies in the folder besides', async () => {
    await tombstones.bury([]);
    await writeFile(join(folder, 'vault', 'tombstones', '.note'), '');
    expect(await tombstones.buried()).toEqual([]);
  });
});

describe('a restore from backup', () => {
  beforeEach(setUp);
  afterEach(tearDown);

  /** Copies the records aside as a backup does, runs the work, and puts them back as a restore does. */
  async function restoredAfter(work: () => Promise<unknown>): Promise<void> {
    await database.superuser.query('create table public.backup_record as select * from log.record');
    await database.superuser.query('create table public.backup_index as select * from log.subject_index');
    await work();
    await database.superuser.query('insert into log.record select * from public.backup_record on conflict do nothing');
    await database.superuser.query(
      'insert into log.subject_index select * from public.backup_index on conflict do nothing',
    );
  }
  const served = () => demandErased(reader, vault, tombstones);

  it('of records whose epoch was destroyed keeps the node from serving, until they are erased again', async () => {
    await appendAt(OLD, anEntry(), anEntry());
    await restoredAfter(() => erasure.purge(new Map()));
    await expect(served()).rejects.toMatchObject({ name: 'ErasedRecordsReturned' });
    expect(await erasure.purge(new Map())).toEqual([expect.objectContaining({ month: '2024-10', count: 2 })]);
    await expect(served()).resolves.toBeUndefined();
    expect(await count('log.subject_index')).toBe(0);
  });

  it('cannot open records of a destroyed epoch even before that', async () => {
    const [receipt] = await appendAt(OLD, anEntry());
    await restoredAfter(() => erasure.purge(new Map()));
    await expect(statementAt(receipt!.index)).rejects.toMatchObject({ name: 'EpochDestroyed' });
  });

  it('of single erased records keeps the node from serving, until they are erased again by their tombstones', async () => {
    const [gone, stays] = await store.append([anEntry(), anEntry()]);
    const id = await recordIdOf(gone!);
    await restoredAfter(() => erasure.erase([id], WHY));
    expect(await recordIdOf(gone!)).toBe(id);
    await expect(served()).rejects.toMatchObject({ name: 'ErasedRecordsReturned' });
    const { size } = await store.head();
    expect(await erasure.reapply()).toEqual([expect.objectContaining({ count: 1, first_index: gone!.index })]);
    expect(await statementAt(size)).toMatchObject({ cause: 'RESTORE' });
    await expect(served()).resolves.toBeUndefined();
    expect(await reader.record(gone!.index)).toBeUndefined();
    expect(await reader.record(stays!.index)).toBeDefined();
  });

  it('that brings nothing back is served at once', async () => {
    await store.append([anEntry()]);
    await expect(served()).resolves.toBeUndefined();
    expect(await erasure.reapply()).toEqual([]);
  });
});

describe('the command', () => {
  let environment: Record<string, string>;
  let signer: NoteSigner;
  beforeEach(async () => {
    await setUp();
    const { privateKey } = generateKeyPairSync('ed25519');
    await mkdir(join(folder, 'signing'));
    await writeFile(join(folder, 'signing', 'log.jwk.json'), JSON.stringify(privateKey.export({ format: 'jwk' })));
    signer = await readLogSigner(folder, 'log.test.example/node');
    await cp('catalogue', join(folder, 'catalogue'), { recursive: true });
    await cp('test/catalogue/deployment', join(folder, 'catalogue'), { recursive: true });
    environment = {
      EINMAL_PARTICIPANT: NODE,
      EINMAL_CATALOGUE: join(folder, 'catalogue'),
      EINMAL_KEYS: folder,
      DATABASE_URL: database.urlOf(database.nodeRole),
      EINMAL_PURGE_DATABASE_URL: database.urlOf(database.purgeRole),
      EINMAL_LOG_ORIGIN: signer.name,
      EINMAL_CHECKPOINT_FILE: join(folder, 'checkpoint'),
    };
  });
  afterEach(tearDown);

  it('erases as the catalogue says (IDNrG § 9 Abs. 3), with the keys of the node and the login of the purge', async () => {
    store = database.store({ vault, clock: new FixedClock(Date.parse(OLD)), signer });
    const receipts = await store.append([anEntry(), classed('long')]);
    await database.tamper('update log.record set log_time = $1', [OLD]);
    const long = '\n  - { id: long, months: 1200, norm: Statute § 1, source: test, verified: false }\n';
    await appendFile(join(folder, 'catalogue', 'retention.yaml'), long);
    const done = await startPurge(environment);
    expect(done).toEqual([expect.objectContaining({ count: 1, root: rootOver(receipts.slice(0, 1)) })]);
    expect(await reader.record(receipts[0]!.index)).toBeUndefined();
    expect(await reader.record(receipts[1]!.index)).toBeDefined();
    expect(await startPurge(environment)).toEqual([]);
  });

  it('erases by the terms in force, whatever one person writes into the folder (design 7: two persons)', async () => {
    store = database.store({ vault, clock: new FixedClock(Date.parse(OLD)), signer });
    const [receipt] = await store.append([classed('long')]);
    await database.tamper('update log.record set log_time = $1', [OLD]);
    const file = join(folder, 'catalogue', 'retention.yaml');
    const before = await readFile(file, 'utf8');
    const long = (months: number) =>
      `${before}\n  - { id: long, months: ${months}, norm: Statute § 1, source: test, verified: false }\n`;
    await writeFile(file, long(1200));
    await begunHistory(database.pool, join(folder, 'catalogue'));
    await writeFile(file, long(1));
    expect(await startPurge(environment)).toEqual([]);
    expect(await reader.record(receipt!.index)).toBeDefined();
  });

  describe('to erase single entries (DSGVO Art. 17)', () => {
    const order = { entries: [1, 2, 1], ...WHY };
    beforeEach(async () => {
      store = database.store({ vault, clock, signer });
      await store.append([anEntry(), anEntry(), classed('short')]);
    });

    it('erases these, says why in the protected half, and buries them', async () => {
      const ids = await Promise.all([1, 2].map(async (index) => (await reader.record(index))!.sealed.recordId));
      expect(await startErase(order, environment)).toHaveLength(2);
      expect(await Promise.all([0, 1, 2].map((index) => reader.record(index)))).toEqual([
        expect.anything(),
        undefined,
        undefined,
      ]);
      expect(await statementAt(3)).toMatchObject({
        note: WHY.reason,
        file_reference: WHY.fileReference,
        acting_official: WHY.orderedBy,
      });
      expect(await tombstones.buried()).toEqual(ids.toSorted());
      expect(await new FileCheckpointStore(join(folder, 'checkpoint')).read()).toBe((await store.head()).checkpoint);
    });

    it.each([
      ['an entry that is not there', { entries: [1, 9] }, 'entry 9 has no record'],
      ['no entry', { entries: [] }, 'no entry is named'],
      ['no reason', { reason: ' ' }, 'the reason must be a line'],
      ['nobody who ordered it', { orderedBy: '' }, 'the name of who ordered it must be a line'],
      ['a file reference that is no line', { fileReference: 'a\nb' }, 'the file reference must be a line'],
    ])('erases nothing for %s', async (_what, wrong, message) => {
      await expect(startErase({ ...order, ...wrong }, environment)).rejects.toMatchObject({
        name: 'ErasureImpossible',
        message: expect.stringContaining(message),
      });
      expect([await count('log.record'), await count('log.entry')]).toEqual([3, 3]);
      expect(await tombstones.buried()).toEqual([]);
    });

    it('erases no opening of a retrieval that is open, and names it: nobody could close it as what it was', async () => {
      const retrieval = { retrieval: 'open', expiresAt: new Date() };
      await store.append([anEntry({ effects: [{ kind: 'open-retrieval', ...retrieval }] })]);
      await expect(startErase({ ...order, entries: [3] }, environment)).rejects.toMatchObject({
        message: expect.stringContaining('entry 3 opened a retrieval that has no outcome yet'),
      });
      await store.append([anEntry({ effects: [{ kind: 'close-retrieval', retrieval: 'open' }] })]);
      expect(await startErase({ ...order, entries: [3] }, environment)).toHaveLength(1);
    });

    it('erases no grant of a decision that could be granted and used again', async () => {
      const granting = anEntry({
        caller: { event: 'trigger.granted', consumer: 'c', trigger_id: 't' },
        effects: [{ kind: 'grant-trigger', trigger: 't' }],
      });
      await store.append([granting]);
      await expect(startErase({ ...order, entries: [3] }, environment)).rejects.toMatchObject({
        message: expect.stringContaining('entry 3 grants a decision that may still be used'),
      });
      const before = new Date(Date.now() - 7_300_000).toISOString();
      await database.tamper('update log.record set log_time = $1 where index = 3', [before]);
      expect(await startErase({ ...order, entries: [3] }, environment)).toHaveLength(1);
    });

    it('erases no entry that states an erasure', async () => {
      await startErase(order, environment);
      await expect(startErase({ ...order, entries: [3] }, environment)).rejects.toMatchObject({
        message: expect.stringContaining('entry 3 states what became of the log'),
      });
    });
  });

  it('touches nothing of a log that was rolled back', async () => {
    store = database.store({ vault, clock: new FixedClock(Date.parse(OLD)), signer });
    const [receipt] = await store.append([anEntry()]);
    await database.tamper('update log.record set log_time = $1', [OLD]);
    const ahead = { origin: signer.name, size: 5, root: receipt!.rootHash };
    await writeFile(join(folder, 'checkpoint'), signCheckpoint(ahead, [signer]));
    await expect(startPurge(environment)).rejects.toMatchObject({ name: 'RollbackDetected', code: 'BEHIND' });
    expect(await count('log.record')).toBe(1);
  });

  it('names all that is missing or wrong in its environment', async () => {
    const failure = startPurge({ ...environment, EINMAL_PURGE_DATABASE_URL: '', EINMAL_BACKUP_MAX_AGE_DAYS: '0' });
    await expect(failure).rejects.toMatchObject({
      faults: [
        expect.stringContaining('EINMAL_PURGE_DATABASE_URL'),
        expect.stringContaining('EINMAL_BACKUP_MAX_AGE_DAYS'),
      ],
    });
  });
});

describe('the role of the purge', () => {
  beforeAll(setUp);
  afterAll(tearDown);

  const refused = (code: string) => expect.objectContaining({ code });

  it.each([
    ...[
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
    ].flatMap((table) => [`select * from log.${table}`, `delete from log.${table}`, `truncate log.${table}`]),
    "select log.lock_head('{}', '{}', '{}', '{}', '{}')",
    'update log.record set purpose = null',
    "insert into log.erasure values (0, 'a', 'b', 0)",
    'create table log.more (id int)',
  ])('may not %s', async (sql) => {
    await expect(database.purge.query(sql)).rejects.toEqual(refused('42501'));
  });

  it('has no other function than the one, and the node does not have it', async () => {
    const functionsOf = async (role: string) => {
      const { rows } = await database.owner.query<{ name: string }>(
        `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where n.nspname = 'log' and has_function_privilege($1, p.oid, 'execute')`,
        [role],
      );
      return rows.map(({ name }) => name).sort();
    };
    expect(await functionsOf(database.purgeRole)).toEqual(['erase_records']);
    expect(await functionsOf(database.nodeRole)).toEqual(['append_batch', 'lock_head']);
    const call = "select log.erase_records(0, '{}', '')";
    await expect(database.pool.query(call)).rejects.toEqual(refused('42501'));
  });

  /** An entry that states this, and what shows that it does. */
  async function stating(deviation: Partial<ErasureStatement>, retentionClass = 'own') {
    const erasure = {
      retention_class: 'own',
      month: '2026-11',
      count: 0,
      root: '',
      keys_destroyed: false,
      ...deviation,
    };
    const facts = { caller: { consumer: NODE }, protected: { erasure }, retentionClass };
    const { index } = await new AuditLog(store).erasing(facts);
    const { sealed } = (await reader.record(index))!;
    return { index, hidden: openRecord(sealed, (await vault.find(sealed.epoch))!) };
  }
  const refusal = { name: 'ErasureRefused' };

  it('erases nothing without an entry that states it, nothing twice by one, nothing else than stated', async () => {
    const [first, last] = (await store.append([classed('stated'), classed('stated')])).map(({ index }) => index);
    const range = { retention_class: 'stated', first_index: first!, last_index: last! };
    const eraser = new PostgresEraser(database.purge);
    for (const wrong of [
      { ...range, count: 1 },
      { ...range, count: 3 },
      { ...range, count: 2, last_index: first! },
      { ...range, count: 2, month: '2026-10' },
      { ...range, count: 2, before: OLD },
      { ...range, count: 2, record_ids: [] },
      { retention_class: 'stated', count: 2 },
    ]) {
      const { index, hidden } = await stating(wrong);
      await expect(eraser.erase(index, hidden)).rejects.toMatchObject(refusal);
    }
    const { index, hidden } = await stating({ ...range, count: 2 });
    const other = { ...hidden, part: { erasure: { ...hidden.part.erasure!, keys_destroyed: true } } };
    await expect(eraser.erase(index, other)).rejects.toMatchObject(refusal);
    await expect(eraser.erase(index, { ...hidden, salt: Buffer.alloc(32) })).rejects.toMatchObject(refusal);
    await expect(eraser.erase(index, { ...hidden, part: {} })).rejects.toMatchObject(refusal);
    await expect(eraser.erase(first!, hidden)).rejects.toMatchObject(refusal);
    await expect(eraser.erase(99_999, hidden)).rejects.toMatchObject(refusal);
    const scope = { epoch: { retentionClass: 'stated', month: '2026-11' } };
    expect(await reader.inScope(scope, -1, 10)).toHaveLength(2);
    await eraser.erase(index, hidden);
    expect(await reader.inScope(scope, -1, 10)).toEqual([]);
    await expect(eraser.erase(index, hidden)).rejects.toMatchObject(refusal);
  });

  it('does not erase what only looks like an entry about an erasure', async () => {
    const erasure = { retention_class: 'own', month: '2026-11', count: 0, root: '', keys_destroyed: false };
    const [receipt] = await store.append([anEntry({ protected: { erasure } })]);
    const { sealed } = (await reader.record(receipt!.index))!;
    const hidden = openRecord(sealed, (await vault.find(sealed.epoch))!);
    await expect(new PostgresEraser(database.purge).erase(receipt!.index, hidden)).rejects.toMatchObject(refusal);
  });

  it('does not reach what was logged after the entry, nor the entry itself', async () => {
    const before = (await store.head()).size;
    const { index, hidden } = await stating(
      { retention_class: 'reach', first_index: before, last_index: 1_000_000 },
      'reach',
    );
    const [later] = await store.append([classed('reach')]);
    await new PostgresEraser(database.purge).erase(index, hidden);
    expect(await reader.record(index)).toBeDefined();
    expect(await reader.record(later!.index)).toBeDefined();
  });

  it.each([
    ...['update log.erasure set erased = 0', 'delete from log.erasure', 'truncate log.erasure cascade'],
    ...['update log.erased set index = 0', 'delete from log.erased', 'truncate log.erased'],
  ])('leaves a list that also the owner does not %s by mistake', async (sql) => {
    const [{ index: gone } = { index: -1 }] = await store.append([classed('listed')]);
    const listed = { retention_class: 'listed', count: 1, first_index: gone, last_index: gone };
    const { index, hidden } = await stating(listed);
    await new PostgresEraser(database.purge).erase(index, hidden);
    await expect(database.owner.query(sql)).rejects.toEqual(refused('EL004'));
  });
});

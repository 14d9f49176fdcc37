import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseTilePath } from '#libs/tlog/tile-path.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import { checkNewest } from '../../src/audit/check-newest.js';
import { CheckpointGuard } from '../../src/audit/checkpoint-guard.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import type { LogStore } from '../../src/audit/log-store.js';
import { GetTile, GetTileHandler } from '../../src/transparency/get-tile.js';
import { OpenRecord, OpenRecordHandler } from '../../src/transparency/open-record.js';
import { FileCheckpointStore } from '../../src/vault/checkpoint-store.file.js';
import { checkLog } from '../../src/verify/check-log.js';
import { anEntry } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { logSigner, logVerifier, MemoryKeyVault } from '../audit/log-keys.js';
import { changeRow, flipEntry, flipLeaf, flipNode } from '../chaos/faults/flipped-row.js';
import { verifyLog } from '../verifier/second-verifier.js';

const SIZE = 600;

let database: LogDatabase;
let store: LogStore;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-tampered-'));
  database = await createLogDatabase();
  store = database.store();
  await store.append(Array.from({ length: SIZE }, () => anEntry()));
  await guard().check(store);
}, 30_000);
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const guard = () => new CheckpointGuard(new FileCheckpointStore(join(folder, 'checkpoint')), logVerifier);

/** What the log serves, without the HTTP around it. */
async function served(path: string): Promise<Buffer | undefined> {
  if (path === 'checkpoint') return Buffer.from((await store.head()).checkpoint ?? '');
  return new GetTileHandler(store, new PostgresLogReader(database.pool)).execute(new GetTile(parseTilePath(path)));
}

async function tampered<T>(statements: readonly string[], look: () => Promise<T>): Promise<T> {
  await changeRow(database.superuser, statements);
  try {
    return await look();
  } finally {
    await changeRow(database.superuser, statements);
  }
}

const bit = (column: string) => `set_bit(${column}, 77, 1 - get_bit(${column}, 77))`;
const inHead = (change: string) => [`update log.head set ${change}`];

describe('a row of the log that was changed in the database (RFC 6962 § 2.1)', () => {
  it('is none at first: the control of this table', async () => {
    expect(await checkLog({ source: served, trust: { vkey: logSigner.vkey } })).toMatchObject({ verdict: 'holds' });
    expect(await verifyLog(served, logSigner.vkey)).toMatchObject({ faults: [], size: SIZE });
    expect(await guard().check(store)).toBe('held');
  });

  it.each([
    ['the first entry', flipLeaf(0, 77), { leaf: 0, path: 'tile/entries/000' }],
    ['the version of an entry in the middle', flipLeaf(300, 0), { leaf: 300, path: 'tile/entries/001' }],
    ['the last entry', flipLeaf(SIZE - 1, 263), { leaf: SIZE - 1, path: `tile/entries/002.p/${SIZE - 512}` }],
    ['an entry with its hash, in a full tile', flipEntry(300, 77), { path: 'tile/1/000.p/2', leaf: 256 }],
    [
      'an entry with its hash, in the last tile',
      flipEntry(SIZE - 1, 77),
      { what: 'entries and tiles make the signed tree' },
    ],
    ['a hash of the second row of tiles', flipNode(8, 1, 77), { path: 'tile/1/000.p/2', byte: 32 + 9 }],
  ])('is named by whoever verifies the log: %s', async (_what, statement, place) => {
    const { first, second } = await tampered(statement, async () => ({
      first: await checkLog({ source: served, trust: { vkey: logSigner.vkey } }),
      second: await verifyLog(served, logSigner.vkey),
    }));
    expect(first.verdict).toBe('does_not_hold');
    expect(first.checks).toContainEqual(expect.objectContaining({ state: 'fails', ...place }));
    expect(second.faults.length).toBeGreaterThan(0);
  });

  it.each([
    ['the root of the head', inHead(`root = ${bit('root')}`), 'HEAD_INVALID'],
    ['the frontier of the head', inHead(`frontier[1] = ${bit('frontier[1]')}`), 'HEAD_INVALID'],
    ['the checkpoint of the head', inHead(`checkpoint = translate(checkpoint, 'aA', 'Aa')`), 'HEAD_INVALID'],
    ['a hash that stands for many entries', flipNode(9, 0, 77), 'FORKED'],
  ])('keeps a node from starting: %s', async (_what, statement, code) => {
    await tampered(statement, () =>
      expect(guard().check(store)).rejects.toMatchObject({
        name: 'RollbackDetected',
        code,
        message: expect.stringContaining('run "einmal audit recover"'),
      }),
    );
    expect(await guard().check(store)).toBe('held');
  });
});

describe('a start looks at the newest rows (docs/adr/0137)', () => {
  const look = (newest = 500) => checkNewest(store, new PostgresLogReader(database.pool), newest);
  const inRecord = (index: number, change: string) => [`update log.record set ${change} where index = ${index}`];

  it('and finds nothing where nothing was changed: the control of this table', async () => {
    for (const newest of [0, 1, 88, 500, SIZE, 10_000]) expect(await look(newest)).toEqual([]);
  });

  it.each([
    ['a leaf', flipLeaf(300, 77), 'entry 300 of the database was altered'],
    ['the last leaf', flipLeaf(SIZE - 1, 263), `entry ${SIZE - 1} of the database was altered`],
    ['a leaf with its hash', flipEntry(300, 77), 'the entries from 100 on are not those that this log signed'],
    ['a node before them', flipNode(5, 2, 77), 'the entries from 100 on are not those that this log signed'],
  ])('and does not serve after a change of %s', async (_what, statement, what) => {
    await tampered(statement, () =>
      expect(look()).rejects.toMatchObject({
        name: 'EntriesAltered',
        message: `${what}; run "einmal audit fsck", which names the first wrong byte`,
      }),
    );
  });

  it.each([
    ['what the caller may open', inRecord(300, `caller_salt = ${bit('caller_salt')}`)],
    ['what stands for the protected half', inRecord(300, `protected_hash = ${bit('protected_hash')}`)],
  ])('and names a record of which was changed %s', async (_what, statement) => {
    expect(await tampered(statement, () => look())).toEqual([300]);
  });

  it('and names a record that cannot have been logged at all', async () => {
    await changeRow(database.superuser, inRecord(300, "reason = ''"));
    await changeRow(database.superuser, inRecord(400, "log_time = 'infinity'"));
    expect(await look()).toEqual([300, 400]);
    await changeRow(database.superuser, inRecord(300, 'reason = null'));
    const before = 'log_time = (select log_time from log.record where index = 399)';
    await changeRow(database.superuser, inRecord(400, before));
    expect(await look()).toEqual([]);
  });

  it('and at no others: what is older is found by fsck and by whoever verifies the log', async () => {
    expect(await tampered(flipEntry(99, 77), () => look())).toEqual([]);
  });
});

describe('a record under another key than that of its epoch', () => {
  it('is shown to nobody, and that it was asked for is no reading', async () => {
    const other = new MemoryKeyVault();
    other.made.set('standard 2026-11', { wrapKey: Buffer.alloc(32, 1), indexKey: Buffer.alloc(32, 2) });
    const open = new OpenRecordHandler(store, new PostgresLogReader(database.pool), other, new AuditLog(store));
    const before = await store.head();
    await expect(open.execute(new OpenRecord('familienkasse-test', 3, 'a reason', undefined))).rejects.toMatchObject({
      name: 'RecordUnreadable',
    });
    expect(await store.head()).toEqual(before);
  });
});

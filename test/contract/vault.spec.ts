import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { PostgresCheckpointStore } from '../../src/vault/checkpoint-store.postgres.js';
import { PostgresKeyVault } from '../../src/vault/key-vault.postgres.js';
import { PostgresKnownLogs } from '../../src/vault/known-logs.postgres.js';
import { vaultMigrations } from '../../src/vault/migrations/vault-migrations.js';
import { demandOtherServer } from '../../src/vault/other-server.js';
import { PostgresTombstones } from '../../src/vault/tombstones.postgres.js';
import { createVaultDatabase, type VaultDatabase } from '../support/vault-database.js';
import { aCheckpoint, checkpointStoreContract } from '../vault/checkpoint-store.contract.js';
import { keyVaultContract } from '../vault/key-vault.contract.js';
import { knownLogsContract } from '../vault/known-logs.contract.js';
import { tombstonesContract } from '../vault/tombstones.contract.js';

const ORIGIN = 'log.test.example/node';
const epoch = { retentionClass: 'standard', month: '2026-11' };

let database: VaultDatabase;
/** Another process has connections of its own. */
let others: Pool[];
let turn = 0;
const anotherPool = (): Pool => others[turn++ % others.length]!;
beforeAll(async () => {
  database = await createVaultDatabase();
  others = [database.poolOfNode(), database.poolOfNode(), database.poolOfNode()];
});
afterAll(() => database.close());

async function emptied<T>(open: (pool: Pool) => T): Promise<T> {
  await database.empty();
  return open(database.pool);
}
const refused = (code: string) => expect.objectContaining({ code });

describe('PostgresKeyVault keeps the contract of KeyVault', () => {
  const open = (pool: Pool) => new PostgresKeyVault(pool);
  keyVaultContract(
    () => emptied(open),
    () => open(anotherPool()),
  );

  it('leaves no key in the row of a destroyed epoch, and nobody makes it live again (IDNrG § 9 Abs. 3)', async () => {
    const vault = await emptied(open);
    await vault.obtain(epoch);
    await vault.destroy(epoch);
    const { rows } = await database.owner.query('select wrap_key, index_key from vault.epoch');
    expect(rows).toEqual([{ wrap_key: null, index_key: null }]);
    const key = `decode('${'ab'.repeat(32)}', 'hex')`;
    for (const sql of [
      `update vault.epoch set wrap_key = ${key}, index_key = ${key}, destroyed_at = null`,
      'delete from vault.epoch',
      'truncate vault.epoch',
    ])
      await expect(database.owner.query(sql)).rejects.toEqual(refused('EV001'));
  });

  it('lets also the owner change no key by mistake', async () => {
    await (await emptied(open)).obtain(epoch);
    const swap = 'update vault.epoch set wrap_key = index_key';
    await expect(database.owner.query(swap)).rejects.toEqual(refused('EV001'));
  });
});

describe('PostgresTombstones keeps the contract of Tombstones', () => {
  const open = (pool: Pool) => new PostgresTombstones(pool);
  tombstonesContract(
    () => emptied(open),
    () => open(anotherPool()),
  );
});

describe('PostgresCheckpointStore keeps the contract of CheckpointStore', () => {
  const open = (pool: Pool) => new PostgresCheckpointStore(pool, ORIGIN);
  checkpointStoreContract(
    () => emptied(open),
    () => open(anotherPool()),
  );

  it('keeps the checkpoints of several logs apart, and none of a log that has ended', async () => {
    const store = await emptied(open);
    await store.advance(aCheckpoint(5));
    const other = new PostgresCheckpointStore(anotherPool(), 'other');
    expect(await other.read()).toBeUndefined();
    await other.advance(aCheckpoint(5, 'other'));
    await new PostgresKnownLogs(anotherPool()).end(ORIGIN, 'other');
    await expect(store.advance(aCheckpoint(6))).rejects.toEqual(refused('EV003'));
    expect([await store.read(), await other.read()]).toEqual([aCheckpoint(5).note, aCheckpoint(5, 'other').note]);
  });

  it('stays on the newest against its owner', async () => {
    await (await emptied(open)).advance(aCheckpoint(5));
    for (const set of ['size = 4', 'size = null, root = null, note = null', "root = sha256('')", "origin = 'x'"])
      await expect(database.owner.query(`update vault.log set ${set}`)).rejects.toEqual(refused('EV001'));
  });
});

describe('PostgresKnownLogs keeps the contract of KnownLogs', () => {
  const open = (pool: Pool) => new PostgresKnownLogs(pool);
  knownLogsContract(
    () => emptied(open),
    () => open(anotherPool()),
  );
});

describe('a vault on the server of the log', () => {
  it('is refused: a base backup would hold both, and remember nothing (IDNrG § 9 Abs. 3)', async () => {
    await expect(demandOtherServer(database.owner, database.pool)).rejects.toMatchObject({
      faults: [expect.stringContaining('must be on another server')],
    });
  });
});

describe('the login of the vault', () => {
  it.each([
    ...['epoch', 'tombstone', 'erasure_order', 'log'].flatMap((table) => [
      `insert into vault.${table} default values`,
      `delete from vault.${table}`,
      `truncate vault.${table}`,
    ]),
    'update vault.epoch set destroyed_at = null',
    "update vault.log set successor = 'x'",
    'update vault.tombstone set buried_at = now()',
    'create table vault.more (id int)',
  ])('may not %s', async (sql) => {
    await expect(database.pool.query(sql)).rejects.toEqual(refused('42501'));
  });

  it('is no text that SQL would read', () => {
    expect(() => vaultMigrations('a"; drop schema vault; --')).toThrow(TypeError);
  });
});

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { PostgresLogOptions } from '../../src/audit/log-store.postgres.js';
import { type PostgresServer, startPostgres } from '../../src/demo/postgres.js';
import { operationalLog } from '../../src/platform/operational-log.js';
import { openPool } from '../../src/platform/pool.js';
import { anEntry } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';

// A server of its own: the setting belongs to the whole cluster.
let folder: string;
let server: PostgresServer;
let database: LogDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-replication-'));
  await chmod(folder, 0o711);
  server = await startPostgres({ folder, fsync: false });
  database = await createLogDatabase(server.url);
}, 60_000);
afterEach(() => standbys(''));
afterAll(async () => {
  await database.close();
  await server.stop();
  for (const each of [folder, server.folder]) await rm(each, { recursive: true, force: true });
});

async function standbys(names: string): Promise<void> {
  await database.superuser.query(`alter system set synchronous_standby_names = '${names}'`);
  await database.superuser.query('select pg_reload_conf()');
  // The checkpointer puts the setting into force a moment later: seen by whether a commit waits.
  for (let waits: boolean | undefined; waits !== (names !== ''); ) waits = await commitWaits();
}

async function commitWaits(): Promise<boolean> {
  let committed = false;
  const commit = database.superuser.query("select pg_logical_emit_message(true, 'probe', '')").then(() => {
    committed = true;
  });
  let waited = false;
  while (!committed && !waited) waited = (await cancelOne()) > 0;
  await commit;
  return waited;
}

async function cancelOne(): Promise<number> {
  const { rowCount } = await database.superuser.query(
    "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'",
  );
  return rowCount ?? 0;
}

async function cancelWaiting(): Promise<void> {
  while ((await cancelOne()) === 0);
}

const PATHS = [
  ['under the lock of the head', 0],
  ['ahead of the lock', 3],
] as const;

describe.each(PATHS)('a synchronous standby that is lost, for a batch %s', (_path, before) => {
  /** A node that has found the head as it left it goes ahead of the lock. */
  async function storeOf(options: Partial<PostgresLogOptions> = {}) {
    const store = database.store(options);
    for (let i = 0; i < before; i++) await store.append([anEntry()]);
    return store;
  }

  it('gives no receipt for a commit that succeeds only with a warning', async () => {
    const store = await storeOf();
    const { size } = await store.head();
    await standbys('nobody');
    const refused = expect(store.append([anEntry()])).rejects.toMatchObject({ name: 'LogUnavailable', written: 'yes' });
    await cancelWaiting();
    await refused;
    await standbys('');
    expect((await store.append([anEntry()]))[0]!.index).toBe(size + 1);
  });

  it('gives no receipt for a commit that is not answered in time, and does not know its result', async () => {
    const store = await storeOf({ pool: database.poolOfNode(), stepTimeoutMs: 300 });
    const { size } = await store.head();
    await standbys('nobody');
    await expect(store.append([anEntry()])).rejects.toMatchObject({ name: 'LogUnavailable', written: 'unknown' });
    expect((await store.head()).size).toBe(size);
    await cancelWaiting();
    await standbys('');
    expect((await database.store().append([anEntry()]))[0]!.index).toBe(size + 1);
  });

  it("keeps a commit alive beyond the server's limits, and ours make its result unknown, not refused", async () => {
    const url = database.pool.options.connectionString ?? '';
    const pool = openPool(url, { max: 2, log: operationalLog('node', 'silent'), statementTimeoutMs: 200 });
    const store = await storeOf({ pool });
    const { size } = await store.head();
    await standbys('nobody');
    await expect(store.append([anEntry()])).rejects.toMatchObject({ name: 'LogUnavailable', written: 'unknown' });
    expect((await store.head()).size).toBe(size);
    await cancelWaiting();
    await standbys('');
    expect((await store.append([anEntry()]))[0]!.index).toBe(size + 1);
    await pool.end();
  });
});

import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDatabase } from '../../src/demo/database.js';
import { type PostgresServer, startPostgres } from '../../src/demo/postgres.js';
import { permissionLogMigrations } from '../../src/intermediary/migrations/permission-log-migrations.js';
import { PostgresPermissionLog } from '../../src/intermediary/permission-log.postgres.js';
import { migrate } from '../../src/platform/migrate.js';
import { openPool } from '../../src/platform/pool.js';
import { PostgresEdgeLog } from '../../src/register-edge/edge-log.postgres.js';
import { edgeMigrations } from '../../src/register-edge/migrations/edge-migrations.js';
import { PostgresReplayStore } from '../../src/register-edge/replay-store.postgres.js';
import { PostgresWitnessMemory } from '../../src/witness-desk/witness-memory.postgres.js';
import { aCheck } from '../intermediary/permission-log.contract.js';
import { anEdgeLine } from '../register-edge/edge-lines.js';
import { SilentLog } from '../support/silent-log.js';

const NOW = Date.parse('2026-11-27T10:00:00Z');
const LINE = anEdgeLine({ at: NOW });
const READ = { at: NOW, caller: 'node', period: null, outcome: 'answered', reason: null, cause: null } as const;

// A server of its own: the setting belongs to the whole cluster.
let folder: string;
let server: PostgresServer;
let superuser: pg.Client;
let edge: pg.Pool;
let intermediary: pg.Pool;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-standby-'));
  await chmod(folder, 0o711);
  server = await startPostgres({ folder, fsync: false });
  superuser = new pg.Client({ connectionString: server.url });
  await superuser.connect();
  const opened = async (name: string, migrations: (login: string) => Parameters<typeof migrate>[1]) => {
    const login = `${name}_login`;
    const database = await createDatabase(server.url, { name, owner: `${name}_owner`, logins: [login] });
    await migrate(database.ownerUrl, migrations(login));
    return openPool(database.urlOf(login), { max: 2, log: new SilentLog() });
  };
  edge = await opened('edge', edgeMigrations);
  intermediary = await opened('intermediary', permissionLogMigrations);
}, 60_000);
beforeEach(() => standbys(''));
afterAll(async () => {
  await edge?.end();
  await intermediary?.end();
  await superuser?.end();
  await server?.stop();
  for (const each of [folder, server?.folder]) if (each) await rm(each, { recursive: true, force: true });
});

async function standbys(names: string): Promise<void> {
  await superuser.query(`alter system set synchronous_standby_names = '${names}'`);
  await superuser.query('select pg_reload_conf()');
  // The checkpointer puts the setting into force a moment later: seen by whether a commit waits.
  for (let waits: boolean | undefined; waits !== (names !== ''); ) waits = await commitWaits();
}

async function commitWaits(): Promise<boolean> {
  const other = new pg.Client({ connectionString: server.url });
  await other.connect();
  let committed = false;
  const commit = other.query("select pg_logical_emit_message(true, 'probe', '')").then(() => {
    committed = true;
  });
  let waited = false;
  while (!committed && !waited) waited = (await cancelOne()) > 0;
  await commit;
  await other.end();
  return waited;
}

/** As an operator does who sees them hang: the wait is cancelled, the commit stands. */
async function cancelOne(): Promise<number> {
  const { rowCount } = await superuser.query(
    "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'",
  );
  return rowCount ?? 0;
}

async function cancelling<T>(work: Promise<T>): Promise<T> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  over.catch(() => undefined);
  while (!isOver) await cancelOne();
  return over;
}

/** A witness signs the first checkpoint of a log that it never saw. */
function cosign(): Promise<unknown> {
  const [origin, root] = [`log.example/${randomUUID()}`, randomBytes(32)];
  const note = `${origin}\n1\n${root.toString('base64')}\n\n\u2014 x y\n`;
  return new PostgresWitnessMemory(edge).advance(origin, undefined, { size: 1, root, note });
}

const USE = { consumer: 'c', rule: 'r', per: 'hour', max: 9, startsAt: NOW, endsAt: NOW + 3_600_000 } as const;

describe('a synchronous standby that is lost (nothing leaves before its line is durable)', () => {
  const writes: readonly (readonly [title: string, write: () => Promise<unknown>])[] = [
    ['of a register about an exchange', () => new PostgresEdgeLog(edge).append({ ...LINE, retrievalId: randomUUID() })],
    ['of a register about a look into its log', () => new PostgresEdgeLog(edge).appendRead(READ)],
    ['of the intermediary', () => new PostgresPermissionLog(intermediary).append(aCheck())],
    [
      'of the intermediary with the count of its rules',
      () => new PostgresPermissionLog(intermediary).append(aCheck(), { uses: [USE], taken: true }),
    ],
    ['of a witness about the checkpoint that it signs', cosign],
  ];
  it.each(writes)('says no where the line succeeds only with a warning: %s', async (_of, write) => {
    await write();
    await standbys('nobody');
    await expect(cancelling(write())).rejects.toThrow('the commit succeeded with a warning');
    await standbys('');
    await write();
  });

  it('keeps the line of an exchange all the same, and the connection is not used again', async () => {
    const line = { ...LINE, retrievalId: randomUUID() };
    await standbys('nobody');
    await expect(cancelling(new PostgresEdgeLog(edge).append(line))).rejects.toThrow('warning');
    await standbys('');
    const { rows } = await edge.query('select 1 from edge.log where retrieval_id = $1', [line.retrievalId]);
    expect([rows.length, edge.idleCount]).toEqual([1, 1]);
  });

  it('does not hold up the use of a token, which the line after it makes durable', async () => {
    const token = { kind: 'permission', issuer: 'intermediary', jti: randomUUID(), exp: NOW / 1000 + 60 } as const;
    await standbys('nobody');
    await expect(new PostgresReplayStore(edge).use([token], 'digest')).resolves.toBe('first');
  });
});

import { randomBytes } from 'node:crypto';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { type PostgresLogOptions, PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import { createDatabase, withClient } from '../../src/demo/database.js';
import { nodeMigrations } from '../../src/node-migrations.js';
import { FixedClock, logSigner, MemoryKeyVault } from './log-keys.js';

/** A node's database of its own, its owner, and the logins of a node and of the purge. */
export type LogDatabase = Readonly<{
  nodeRole: string;
  purgeRole: string;
  /** As the node. */
  pool: pg.Pool;
  /** As the purge. */
  purge: pg.Pool;
  owner: pg.Pool;
  superuser: pg.Pool;
  /** As the superuser, past every trigger of the database. */
  tamper(sql: string, values?: readonly unknown[]): Promise<void>;
  store(options?: Partial<PostgresLogOptions>): PostgresLogStore;
  poolOfNode(): pg.Pool;
  urlOf(login: string): string;
  close(): Promise<void>;
}>;

export async function createLogDatabase(superuserUrl = process.env.EINMAL_TEST_PG): Promise<LogDatabase> {
  if (superuserUrl === undefined) throw new Error('EINMAL_TEST_PG names no server');
  const id = randomBytes(5).toString('hex');
  const [name, owner, nodeRole, purgeRole] = [`log_${id}`, `log_owner_${id}`, `log_node_${id}`, `log_node_${id}_purge`];
  const database = await createDatabase(superuserUrl, { name, owner, logins: [nodeRole, purgeRole] });
  const orm = await MikroORM.init({
    clientUrl: database.ownerUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: {
      migrationsList: nodeMigrations(nodeRole),
      schema: 'ops',
      tableName: 'migration',
      transactional: true,
      snapshot: false,
      silent: true,
    },
  });
  await orm.migrator.up();
  await orm.close(true);

  const pools: pg.Pool[] = [];
  const poolOf = (connectionString: string, max = 4): pg.Pool => {
    const pool = new pg.Pool({ connectionString, max, pipeline: true });
    pool.on('error', () => undefined);
    pools.push(pool);
    return pool;
  };
  const superuser = new URL(superuserUrl);
  superuser.pathname = `/${name}`;
  const pool = poolOf(database.urlOf(nodeRole));
  return {
    nodeRole,
    purgeRole,
    pool,
    purge: poolOf(database.urlOf(purgeRole)),
    owner: poolOf(database.ownerUrl),
    superuser: poolOf(superuser.href),
    async tamper(sql, values = []) {
      await withClient(superuser.href, async (client) => {
        await client.query('set session_replication_role = replica');
        await client.query(sql, [...values]);
      });
    },
    store: (options = {}) =>
      new PostgresLogStore({
        pool,
        signer: logSigner,
        vault: new MemoryKeyVault(),
        clock: new FixedClock(),
        ...options,
      }),
    urlOf: database.urlOf,
    poolOfNode: () => poolOf(database.urlOf(nodeRole)),
    async close() {
      await Promise.all(pools.map((each) => each.end()));
      await withClient(superuserUrl, async (client) => {
        await client.query(`drop database "${name}" with (force)`);
        await client.query(`drop role "${owner}", "${nodeRole}", "${purgeRole}"`);
      });
    },
  };
}

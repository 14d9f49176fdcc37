import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import { createDatabase, withClient } from '../../src/demo/database.js';
import { nodeMigrations } from '../../src/node-migrations.js';
import { migrate } from '../../src/platform/migrate.js';
import { operationalLog } from '../../src/platform/operational-log.js';
import { openPool } from '../../src/platform/pool.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';

/** A node's database of its own, as its owner migrates it and as the node may use it. */
export type NodeDatabase = Readonly<{
  pool: pg.Pool;
  log: PostgresLogStore;
  /** Of the log. */
  vault: MemoryKeyVault;
  ownerUrl: string;
  close(): Promise<void>;
}>;

export async function createNodeDatabase(superuserUrl = process.env.EINMAL_TEST_PG): Promise<NodeDatabase> {
  if (superuserUrl === undefined) throw new Error('EINMAL_TEST_PG names no server');
  const id = randomBytes(5).toString('hex');
  const [name, owner, nodeRole] = [`node_${id}`, `node_owner_${id}`, `node_${id}_login`];
  const database = await createDatabase(superuserUrl, { name, owner, logins: [nodeRole] });
  await migrate(database.ownerUrl, nodeMigrations(nodeRole));
  const pool = openPool(database.urlOf(nodeRole), { max: 4, log: operationalLog('node', 'silent') });
  const vault = new MemoryKeyVault();
  return {
    pool,
    vault,
    ownerUrl: database.ownerUrl,
    log: new PostgresLogStore({ pool, signer: logSigner, vault, clock: new FixedClock() }),
    async close() {
      await pool.end();
      await withClient(superuserUrl, async (client) => {
        await client.query(`drop database "${name}" with (force)`);
        await client.query(`drop role "${owner}", "${nodeRole}"`);
      });
    },
  };
}

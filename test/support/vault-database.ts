import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDatabase, withClient } from '../../src/demo/database.js';
import { migrate } from '../../src/platform/migrate.js';
import { vaultMigrations } from '../../src/vault/migrations/vault-migrations.js';

/** A vault's database of its own, as its owner migrates it and as the nodes may use it. */
export type VaultDatabase = Readonly<{
  /** As the nodes. */
  pool: pg.Pool;
  owner: pg.Pool;
  url: string;
  poolOfNode(): pg.Pool;
  /** Forgets everything, as only the server's superuser can. */
  empty(): Promise<void>;
  close(): Promise<void>;
}>;

export async function createVaultDatabase(superuserUrl = process.env.EINMAL_TEST_PG): Promise<VaultDatabase> {
  if (superuserUrl === undefined) throw new Error('EINMAL_TEST_PG names no server');
  const id = randomBytes(5).toString('hex');
  const [name, owner, login] = [`vault_${id}`, `vault_${id}_owner`, `vault_${id}_login`];
  const database = await createDatabase(superuserUrl, { name, owner, logins: [login] });
  await migrate(database.ownerUrl, vaultMigrations(login));
  const pools: pg.Pool[] = [];
  const poolOf = (connectionString: string): pg.Pool => {
    const pool = new pg.Pool({ connectionString, max: 3 });
    pool.on('error', () => undefined);
    pools.push(pool);
    return pool;
  };
  const superuser = new URL(superuserUrl);
  superuser.pathname = `/${name}`;
  const url = database.urlOf(login);
  return {
    pool: poolOf(url),
    owner: poolOf(database.ownerUrl),
    url,
    poolOfNode: () => poolOf(url),
    empty: () =>
      withClient(superuser.href, async (client) => {
        await client.query('set session_replication_role = replica');
        await client.query('truncate vault.epoch, vault.tombstone, vault.erasure_order, vault.log');
      }),
    async close() {
      await Promise.all(pools.map((pool) => pool.end()));
      await withClient(superuserUrl, async (client) => {
        await client.query(`drop database "${name}" with (force)`);
        await client.query(`drop role "${owner}", "${login}"`);
      });
    },
  };
}

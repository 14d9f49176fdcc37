import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createDatabase, withClient } from '../../src/demo/database.js';
import { permissionLogMigrations } from '../../src/intermediary/migrations/permission-log-migrations.js';
import { nodeMigrations } from '../../src/node-migrations.js';
import { pagesMigrations } from '../../src/pages/migrations/pages-migrations.js';
import { migrate } from '../../src/platform/migrate.js';
import { edgeMigrations } from '../../src/register-edge/migrations/edge-migrations.js';
import { vaultMigrations } from '../../src/vault/migrations/vault-migrations.js';

const page = readFileSync(join(fileURLToPath(new URL('../..', import.meta.url)), 'docs/data.md'), 'utf8');
/** Tables in the first column: `schema.table`. */
const named = page
  .split('\n')
  .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([a-z]+\.[a-z_]+)`/g)].map(([, name = '']) => name));

const DATABASES = {
  node: nodeMigrations,
  vault: vaultMigrations,
  intermediary: permissionLogMigrations,
  edge: edgeMigrations,
  pages: pagesMigrations,
};

/** Every table of a database as its owner migrates it. */
async function tablesOf(migrations: (role: string) => Parameters<typeof migrate>[1]): Promise<string[]> {
  const superuser = process.env.EINMAL_TEST_PG ?? '';
  const name = `page_${randomBytes(5).toString('hex')}`;
  const [owner, login] = [`${name}_owner`, `${name}_login`];
  const database = await createDatabase(superuser, { name, owner, logins: [login] });
  try {
    await migrate(database.ownerUrl, migrations(login));
    return await withClient(database.ownerUrl, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        // What is in a partition is in its table.
        `select relnamespace::regnamespace || '.' || relname as name from pg_class
         where relkind in ('r', 'p') and not relispartition
           and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')`,
      );
      return rows.map((row) => row.name);
    });
  } finally {
    await withClient(superuser, async (client) => {
      await client.query(`drop database "${name}" with (force)`);
      await client.query(`drop role "${owner}", "${login}"`);
    });
  }
}

describe('the page about personal data', () => {
  it('names every table of every database, and none that there is not (DSGVO Art. 30)', async () => {
    const made = await Promise.all(Object.values(DATABASES).map(tablesOf));
    expect(made.every((tables) => tables.length > 0)).toBe(true);
    expect([...new Set(named)].sort()).toEqual([...new Set(made.flat())].sort());
  });
});

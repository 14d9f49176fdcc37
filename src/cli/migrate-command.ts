import { permissionLogMigrations } from '../intermediary/migrations/permission-log-migrations.js';
import { nodeMigrations } from '../node-migrations.js';
import { pagesMigrations } from '../pages/migrations/pages-migrations.js';
import { ConfigFault, readConfig, text } from '../platform/config.js';
import { edgeMigrations } from '../register-edge/migrations/edge-migrations.js';
import { vaultMigrations } from '../vault/migrations/vault-migrations.js';

const MIGRATIONS: Readonly<Record<string, (role?: string) => ReturnType<typeof nodeMigrations>>> = {
  node: nodeMigrations,
  intermediary: permissionLogMigrations,
  register: edgeMigrations,
  pages: pagesMigrations,
  vault: vaultMigrations,
};

export const MIGRATED_DATABASES = Object.keys(MIGRATIONS);

/** @throws ConfigFault */
export async function migrateCommand(whose: string, { role }: { role?: string }): Promise<void> {
  const migrations = MIGRATIONS[whose];
  if (migrations === undefined)
    throw new ConfigFault([`there is no database of ${whose}: ${MIGRATED_DATABASES.join(', ')}`]);
  const { ownerUrl } = readConfig({ ownerUrl: text('EINMAL_DATABASE_OWNER_URL') });
  const { migrate } = await import('../platform/migrate.js');
  const done = await migrate(ownerUrl, migrations(role));
  process.stderr.write(done.length === 0 ? 'Nothing to do.\n' : `${done.join('\n')}\n`);
}

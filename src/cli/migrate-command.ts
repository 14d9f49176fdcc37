import { permissionLogMigrations } from '../intermediary/migrations/permission-log-migrations.js';
import { nodeMigrations } from '../node-migrations.js';
import { ConfigFault, readConfig, text } from '../platform/config.js';
import { migrate } from '../platform/migrate.js';
import { edgeMigrations } from '../register-edge/migrations/edge-migrations.js';

const MIGRATIONS: Readonly<Record<string, (role?: string) => Parameters<typeof migrate>[1]>> = {
  node: nodeMigrations,
  intermediary: permissionLogMigrations,
  register: edgeMigrations,
};

export const MIGRATED_PROCESSES = Object.keys(MIGRATIONS);

/** @throws ConfigFault */
export async function migrateCommand(process: string, { role }: { role?: string }): Promise<void> {
  const migrations = MIGRATIONS[process];
  if (migrations === undefined)
    throw new ConfigFault([`there is no process ${process}: ${MIGRATED_PROCESSES.join(', ')}`]);
  const { ownerUrl } = readConfig({ ownerUrl: text('EINMAL_DATABASE_OWNER_URL') });
  const done = await migrate(ownerUrl, migrations(role));
  globalThis.process.stderr.write(done.length === 0 ? 'Nothing to do.\n' : `${done.join('\n')}\n`);
}

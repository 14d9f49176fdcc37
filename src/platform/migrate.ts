import type { MigrationObject } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';

/** Brings a database to its newest state, as its owner: the processes themselves own nothing. Returns the names of what was run. */
export async function migrate(ownerUrl: string, migrations: readonly MigrationObject[]): Promise<readonly string[]> {
  const orm = await MikroORM.init({
    clientUrl: ownerUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: {
      migrationsList: [...migrations],
      schema: 'ops',
      tableName: 'migration',
      transactional: true,
      snapshot: false,
      silent: true,
    },
  });
  try {
    return (await orm.migrator.up()).map(({ name }) => name);
  } finally {
    await orm.close(true);
  }
}

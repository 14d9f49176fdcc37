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
    const done = (await orm.migrator.up()).map(({ name }) => name);
    // For a process to tell whether its database is that of its release; names of migrations are public.
    await orm.em
      .getConnection()
      .execute('grant usage on schema ops to public; grant select on ops.migration to public;');
    return done;
  } finally {
    await orm.close(true);
  }
}

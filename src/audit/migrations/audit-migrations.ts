import { Migration } from '@mikro-orm/migrations';
import { APPEND_BATCH, APPLY_EFFECTS, LOCK_HEAD } from './functions.js';
import { GUARDS, TABLES, TAKE_EVENTS } from './schema.js';

/**
 * The migrations of the log, to be run by the owner of the database. `nodeRole` is the login of the nodes: it may read,
 * lock the head and append a batch, and nothing else. It must exist already.
 */
export function auditMigrations(nodeRole = 'einmal_node') {
  // The role stands in SQL text, where no parameter can.
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(nodeRole)) throw new TypeError('not a role name');

  class CreateLog extends Migration {
    override up(): void {
      this.addSql(TABLES);
      this.addSql(GUARDS);
      this.addSql(LOCK_HEAD);
      this.addSql(APPLY_EFFECTS);
      this.addSql(APPEND_BATCH);
      this.addSql(`
        revoke all on all tables in schema log from public;
        revoke all on all functions in schema log from public;
        grant usage on schema log to "${nodeRole}";
        grant select on all tables in schema log to "${nodeRole}";
        grant execute on function log.lock_head, log.append_batch to "${nodeRole}";
      `);
    }
  }

  class TakeEvents extends Migration {
    override up(): void {
      this.addSql(TAKE_EVENTS);
    }
  }

  return [
    { name: 'Migration20261123000001_create_log', class: CreateLog },
    { name: 'Migration20261123000003_take_events', class: TakeEvents },
  ];
}

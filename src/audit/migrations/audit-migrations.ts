import { Migration } from '@mikro-orm/migrations';
import { ERASURE } from './erasure.js';
import { APPEND_BATCH, APPLY_EFFECTS, LOCK_HEAD } from './functions.js';
import { GUARDS, TABLES, TAKE_EVENTS } from './schema.js';

/**
 * The migrations of the log, to be run by the owner of the database. `nodeRole` is the login of the nodes: it may read,
 * lock the head and append a batch, and nothing else. It must exist already. `purgeRole` is the login of the purge: it
 * may erase what an entry states, and nothing else; where it does not exist nobody may.
 */
export function auditMigrations(nodeRole = 'einmal_node', purgeRole = `${nodeRole}_purge`) {
  // The role stands in SQL text, where no parameter can.
  if (![nodeRole, purgeRole].every((role) => /^[a-z_][a-z0-9_]{0,62}$/.test(role)))
    throw new TypeError('not a role name');

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

  class Erase extends Migration {
    override up(): void {
      this.addSql(ERASURE);
      this.addSql(`grant select on log.erasure, log.erased to "${nodeRole}";`);
      this.addSql(`
        do $$ begin
          if exists (select from pg_roles where rolname = '${purgeRole}') then
            grant usage on schema log to "${purgeRole}";
            grant execute on function log.erase_records to "${purgeRole}";
          end if;
        end $$;
      `);
    }
  }

  return [
    { name: 'Migration20261123000001_create_log', class: CreateLog },
    { name: 'Migration20261123000003_take_events', class: TakeEvents },
    { name: 'Migration20261123000004_erase_records', class: Erase },
  ];
}

import { Migration } from '@mikro-orm/migrations';
import { FUNCTIONS, GUARDS, TABLES } from './schema.js';

/**
 * The migrations of the vault's database, to be run by its owner. `role` is the login of the nodes and of the commands
 * beside them: it reads, and writes through the functions alone. It must exist already.
 */
export function vaultMigrations(role = 'einmal_vault') {
  // The role stands in SQL text, where no parameter can.
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(role)) throw new TypeError('not a role name');

  class CreateVault extends Migration {
    override up(): void {
      this.addSql(TABLES);
      this.addSql(GUARDS);
      this.addSql(FUNCTIONS);
      this.addSql(`
        revoke all on all tables in schema vault from public;
        revoke all on all functions in schema vault from public;
        grant usage on schema vault to "${role}";
        grant select on all tables in schema vault to "${role}";
        grant execute on function vault.obtain_epoch, vault.destroy_epoch, vault.bury, vault.order_erasure,
          vault.settle_erasure, vault.keep_checkpoint, vault.reach_log, vault.end_log to "${role}";
      `);
    }
  }

  return [{ name: 'Migration20261126000001_create_vault', class: CreateVault }];
}

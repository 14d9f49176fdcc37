import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- Up to which moment the log of each register was compared, and which node is at it.
create table app.reconciliation (
  register text primary key,
  reconciled_to timestamptz not null,
  holder text,
  busy_until timestamptz not null default '-infinity'
);

-- Lines of a register's log for the time of one comparison: nothing of a person.
create table app.reconcile_line (
  run uuid not null,
  sequence bigint not null,
  at_ms bigint not null,
  ref text,
  consumer text,
  evidence_type text,
  purpose text,
  outcome text not null,
  reason text,
  put_at timestamptz not null default now(),
  primary key (run, sequence)
);
create index reconcile_line_ref on app.reconcile_line (run, ref);
`;

/** Working tables of the comparison with registers; `nodeRole` is the login of the nodes. */
export function reconciliationMigrations(nodeRole: string) {
  class CreateReconciliation extends Migration {
    override up(): void {
      this.addSql(TABLES);
      this.addSql(`grant select, insert, update, delete on app.reconciliation, app.reconcile_line to "${nodeRole}";`);
    }
  }
  return [{ name: 'Migration20261126000034_create_reconciliation', class: CreateReconciliation }];
}

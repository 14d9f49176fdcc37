import { Migration } from '@mikro-orm/migrations';

const TABLE = `
create schema log;
revoke all on schema log from public;

create table log.permission_check (
  entry bigint generated always as identity primary key,
  check_id uuid not null constraint permission_check_once unique,
  checked_at timestamptz not null,
  caller text not null,
  consumer text,
  provider text,
  evidence_type text,
  purpose text,
  legal_basis text,
  decision text not null check (decision in ('ALLOWED', 'REFUSED')),
  reason text,
  rule_ids text[] not null,
  fields text[] not null,
  token_id text unique,
  request_digest text check (length(request_digest) = 43),
  catalogue_version text not null,
  check ((decision = 'REFUSED') = (reason is not null)),
  check (decision = 'ALLOWED' or token_id is null)
);
create index permission_check_time on log.permission_check (checked_at);
`;

/** Not even the owner changes an entry; what is older than two years may go (IDNrG § 9 Abs. 3). */
const GUARD = `
create function log.keep_permission_check() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.checked_at < now() - interval '2 years' then
    return old;
  end if;
  raise exception 'the permission log is append-only';
end
$$;
create trigger keep_row before update or delete on log.permission_check
  for each row execute function log.keep_permission_check();
create trigger keep_table before truncate on log.permission_check
  for each statement execute function log.keep_permission_check();
`;

/**
 * The migrations of the intermediary's database, to be run by its owner. `role` is the login of the intermediary: it may
 * add entries and read them, and nothing else. It must exist already.
 */
export function permissionLogMigrations(role = 'einmal_intermediary') {
  // The role stands in SQL text, where no parameter can.
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(role)) throw new TypeError('not a role name');

  class CreatePermissionLog extends Migration {
    override up(): void {
      this.addSql(TABLE);
      this.addSql(GUARD);
      this.addSql(`
        revoke all on all tables in schema log from public;
        revoke all on all functions in schema log from public;
        grant usage on schema log to "${role}";
        grant insert, select on log.permission_check to "${role}";
      `);
    }
  }

  return [{ name: 'Migration20261123000001_create_permission_log', class: CreatePermissionLog }];
}

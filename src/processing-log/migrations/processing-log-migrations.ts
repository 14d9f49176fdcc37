import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- How far the lines of the log were confirmed by whoever keeps the processing log, and which node is at it.
create table app.processing_log (
  singleton boolean primary key default true check (singleton),
  next_index bigint not null check (next_index >= 0),
  holder uuid,
  held_until timestamptz not null default '-infinity'
) with (fillfactor = 20);
insert into app.processing_log (next_index) values (0);

create function app.only_confirmed() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'what was confirmed stays so' using errcode = 'EL004';
end $$;
create trigger processing_log_forward before update on app.processing_log
  for each row when (new.next_index < old.next_index) execute function app.only_confirmed();
revoke all on function app.only_confirmed from public;
`;

/** The cursor of the processing log; `nodeRole` is the login of the nodes: it moves it on, and neither removes nor adds one. */
export function processingLogMigrations(nodeRole: string) {
  class CreateProcessingLog extends Migration {
    override up(): void {
      this.addSql(TABLES);
      this.addSql(`grant select, update on app.processing_log to "${nodeRole}";`);
    }
  }
  return [{ name: 'Migration20261127000010_create_processing_log', class: CreateProcessingLog }];
}

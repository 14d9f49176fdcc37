import { Migration } from '@mikro-orm/migrations';

/** `id` is the digest of the identifier that the browser has: who reads this table gets into no session. */
const SESSION = `
create schema app;
revoke all on schema app from public;

create table app.session (
  id text primary key check (length(id) = 43),
  actor text,
  sealed text not null,
  seen_at timestamptz not null default now(),
  ends_at timestamptz not null
);
create index session_actor on app.session (actor) where actor is not null;
create index session_end on app.session (ends_at);
create index session_pending on app.session (ends_at) where actor is null;
`;

/** The migrations of the pages' database, to be run by its owner. `role` is the login of the pages; it must exist already. */
export function pagesMigrations(role = 'einmal_pages') {
  // The role stands in SQL text, where no parameter can.
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(role)) throw new TypeError('not a role name');

  class CreateSession extends Migration {
    override up(): void {
      this.addSql(SESSION);
      this.addSql(`
        grant usage on schema app to "${role}";
        grant select, insert, update, delete on app.session to "${role}";
      `);
    }
  }

  return [{ name: 'Migration20261127000001_create_session', class: CreateSession }];
}

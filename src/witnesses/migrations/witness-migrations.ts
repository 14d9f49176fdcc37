import { Migration } from '@mikro-orm/migrations';

const TABLES = `
  create table app.cosignature (
    origin text not null,
    size bigint not null check (size >= 0),
    witness text not null,
    note text not null,
    lines text not null,
    primary key (origin, size, witness)
  );

  create table app.witness_standing (
    origin text not null,
    witness text not null,
    cosigned_size bigint not null default 0,
    cosigned_at timestamptz,
    answered_at timestamptz,
    last text not null check (last in ('cosigned', 'overtaken', 'unreachable', 'unusable', 'disputed')),
    primary key (origin, witness)
  );

  create table app.witness_round (
    origin text primary key,
    next_at timestamptz not null
  );

  create table app.log_dispute (
    sequence bigint generated always as identity primary key,
    origin text not null,
    witness text not null,
    kind text not null check (kind in ('BEHIND', 'FORKED', 'CONTRADICTED')),
    size bigint not null,
    is_proven boolean not null,
    evidence text not null,
    reported_at timestamptz not null default clock_timestamp(),
    incident_index bigint,
    unique (origin, witness, kind, is_proven)
  );`;

/** Whoever has the node's login cannot make a dispute go away. */
const GUARD = `
  create function app.keep_dispute() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    raise exception 'a dispute about the log stays on record' using errcode = 'EL007';
  end $$;
  create trigger dispute_stays before delete on app.log_dispute for each row execute function app.keep_dispute();
  create trigger dispute_stays_whole before truncate on app.log_dispute execute function app.keep_dispute();`;

/** What nodes keep of the witnesses of their log. `nodeRole` is their login. */
export function witnessMigrations(nodeRole: string) {
  class CreateWitnesses extends Migration {
    override up(): void {
      this.addSql(TABLES);
      this.addSql(GUARD);
      this.addSql(`
        revoke all on function app.keep_dispute from public;
        grant select, insert, update, delete on app.cosignature, app.witness_standing, app.witness_round to "${nodeRole}";
        grant select, insert, update (incident_index) on app.log_dispute to "${nodeRole}";`);
    }
  }

  return [{ name: 'Migration20261123000005_create_witnesses', class: CreateWitnesses }];
}

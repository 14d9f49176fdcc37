import { Migration } from '@mikro-orm/migrations';
import { witnessMigrations } from '../../witness-desk/migrations/witness-migrations.js';

const TABLES = `
  create schema edge;

  create table edge.replay (
    kind text not null check (kind in ('permission', 'trigger', 'attestation')),
    issuer text not null,
    jti text not null,
    digest text not null,
    expires_at timestamptz not null,
    primary key (kind, issuer, jti)
  );
  create index replay_expiry on edge.replay (expires_at);

  create table edge.rate (
    consumer text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    used int not null,
    primary key (consumer, starts_at, ends_at)
  );

  create table edge.log (
    sequence bigint generated always as identity primary key,
    event text not null default 'exchange' check (event in ('exchange', 'log-read')),
    log_time timestamptz not null,
    caller text not null,
    consumer text,
    evidence_type text,
    purpose text,
    legal_basis text,
    retrieval_id text,
    permission_jti text,
    trigger_jti text,
    attestation_jti text,
    attributes text[] not null,
    outcome text not null check (outcome in ('answered', 'repeated', 'refused', 'failed', 'deferred')),
    reason text,
    cause text,
    subject_index text,
    read_from timestamptz,
    read_to timestamptz
  );
  create index log_of_caller on edge.log (caller, log_time) include (sequence) where event = 'exchange';
  create index log_pages on edge.log (caller, sequence) where event = 'exchange';
  create index log_of_subject on edge.log (subject_index, sequence) where subject_index is not null;`;

/** Not even the owner changes an entry; what is older than two years may go (IDNrG § 9 Abs. 3). */
const GUARD = `
  create function edge.keep_log() returns trigger language plpgsql set search_path = '' as $$
  begin
    if tg_op = 'DELETE' and old.log_time < pg_catalog.now() - interval '2 years' then
      return old;
    end if;
    raise exception 'the log of this register is append-only';
  end $$;
  create trigger keep_row before update or delete on edge.log
    for each row execute function edge.keep_log();
  create trigger keep_table before truncate on edge.log
    for each statement execute function edge.keep_log();`;

/** Ten minutes more than a token lives or a window lasts, for clocks that differ. */
const FORGET = `
  create function edge.forget_expired() returns void language sql security definer set search_path = '' as $$
    delete from edge.replay where expires_at < pg_catalog.now() - interval '10 minutes';
    delete from edge.rate where ends_at < pg_catalog.now() - interval '10 minutes'
  $$;`;

/**
 * Migrations of an edge's own database, to be run by its owner. `edgeRole` is the login of the edge: it may add to log
 * and replay store and read them, count in `rate`, and nothing else. It must exist already. Every edge can
 * be a witness, so that it is migrated for it.
 */
export function edgeMigrations(edgeRole = 'einmal_edge') {
  // The role stands in SQL text, where no parameter can.
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(edgeRole)) throw new TypeError('not a role name');

  class CreateEdge extends Migration {
    override up(): void {
      this.addSql(TABLES);
      this.addSql(GUARD);
      this.addSql(FORGET);
      this.addSql(`
        revoke all on all tables in schema edge from public;
        revoke all on all functions in schema edge from public;
        grant usage on schema edge to "${edgeRole}";
        grant select, insert on edge.replay, edge.log to "${edgeRole}";
        grant select, insert, update on edge.rate to "${edgeRole}";
        grant execute on function edge.forget_expired() to "${edgeRole}";`);
    }
  }

  return [{ name: 'Migration20261123000001_create_edge', class: CreateEdge }, ...witnessMigrations(edgeRole)];
}

import { Migration } from '@mikro-orm/migrations';
import { witnessMigrations } from '../../witness-desk/migrations/witness-migrations.js';

const TABLES = `
  create schema edge;

  create table edge.replay (
    kind text not null check (kind in ('permission', 'trigger', 'attestation', 'inquiry')),
    issuer text not null,
    jti text not null,
    digest text not null,
    expires_at timestamptz not null,
    primary key (kind, issuer, jti)
  );
  create index replay_expiry on edge.replay (expires_at);

  -- Announced for later: by a digest what, and for which decision, as long as it may be fetched.
  create table edge.deferral (
    attester text not null,
    attestation_jti text not null,
    caller text not null,
    content text not null,
    deferred_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (attester, attestation_jti)
  );
  create index deferral_expiry on edge.deferral (expires_at);
  create table edge.rate (
    consumer text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    used int not null,
    primary key (consumer, starts_at, ends_at)
  );

  -- About how many different persons each consumer asked under each rule in the periods of late, and by a keyed digest about whom.
  create table edge.person_count (
    consumer text not null,
    rule_id text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    persons bigint not null,
    primary key (consumer, rule_id, starts_at, ends_at)
  );
  create table edge.person_asked (
    consumer text not null,
    rule_id text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    person text not null,
    primary key (consumer, rule_id, starts_at, ends_at, person),
    foreign key (consumer, rule_id, starts_at, ends_at) references edge.person_count on delete cascade
  );

  create table edge.log (
    sequence bigint generated always as identity primary key,
    event text not null default 'exchange' check (event in ('exchange', 'log-read', 'subject-read', 'discrepancy')),
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
    -- The person is told of the line from then on, and by which norm not before; null: at once.
    told_from timestamptz,
    told_later_by text,
    check ((told_from is null) = (told_later_by is null)),
    read_from timestamptz,
    read_to timestamptz
  );
  create index log_of_caller on edge.log (caller, log_time) include (sequence) where event = 'exchange';
  create index log_pages on edge.log (caller, sequence) where event = 'exchange';
  create index log_of_subject on edge.log (subject_index, sequence) where subject_index is not null;

  -- Reports that a datum seems to be wrong (IDNrG section 10), for the staff of the register. Who is meant, and what is said, is sealed.
  create table edge.discrepancy (
    report_id text primary key,
    caller text not null,
    consumer text not null,
    evidence_type text not null,
    attribute text not null,
    retrieval_id text not null,
    reporter text not null check (reporter in ('subject', 'consumer')),
    content text not null,
    fingerprint text not null,
    accepted_at timestamptz not null,
    state text not null default 'received' check (state in ('received', 'in-review', 'corrected', 'not-confirmed')),
    explanation text,
    changed_at timestamptz not null
  );
  create index discrepancy_age on edge.discrepancy (accepted_at);`;

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

/**
 * Whoever counts a person holds the row of each count: of two that race for the last place one gets it, and all take the rows
 * in one order. Does not wait for the disk: the line of the log does, before anything is answered, and what it has written
 * holds everything that was committed before.
 */
const TAKE_PERSON = `
  create function edge.take_person(for_consumer text, for_person text, rules text[], starts timestamptz[], ends timestamptz[], maxima float8[])
  returns int[] language plpgsql security definer set search_path = '' as $$
  declare
    place int;
    so_far bigint;
    used_up int[] := '{}';
  begin
    perform pg_catalog.set_config('synchronous_commit', 'off', true);
    for place in select it from pg_catalog.generate_subscripts(rules, 1) as it
      order by rules[it] collate "C", starts[it], ends[it], it
    loop
      insert into edge.person_count values (for_consumer, rules[place], starts[place], ends[place], 0)
        on conflict do nothing;
      select c.persons into so_far from edge.person_count c
        where c.consumer = for_consumer and c.rule_id = rules[place] and c.starts_at = starts[place] and c.ends_at = ends[place]
        for update;
      if so_far >= maxima[place] and not exists (select from edge.person_asked a
        where a.consumer = for_consumer and a.rule_id = rules[place] and a.starts_at = starts[place] and a.ends_at = ends[place]
          and a.person = for_person)
      then
        used_up := used_up || place;
      end if;
    end loop;
    if used_up <> '{}' then
      return used_up;
    end if;
    for place in select pg_catalog.generate_subscripts(rules, 1) loop
      insert into edge.person_asked values (for_consumer, rules[place], starts[place], ends[place], for_person)
        on conflict do nothing;
      if found then
        update edge.person_count c set persons = c.persons + 1
          where c.consumer = for_consumer and c.rule_id = rules[place] and c.starts_at = starts[place] and c.ends_at = ends[place];
      end if;
    end loop;
    return used_up;
  end $$;`;

/** Ten minutes more than a token lives or a window lasts, for clocks that differ; who was asked about goes with the count. */
const FORGET = `
  create function edge.forget_expired() returns void language sql security definer set search_path = '' as $$
    delete from edge.replay where expires_at < pg_catalog.now() - interval '10 minutes';
    delete from edge.deferral where expires_at < pg_catalog.now();
    delete from edge.rate where ends_at < pg_catalog.now() - interval '10 minutes';
    delete from edge.person_count where ends_at < pg_catalog.now() - interval '1 hour';
    delete from edge.discrepancy where changed_at < pg_catalog.now() - interval '2 years'
      and state in ('corrected', 'not-confirmed')
  $$;`;

/**
 * Migrations of an edge's own database, to be run by its owner. `edgeRole` is the login of the edge: it may add to log,
 * replay store, announcements and reports of discrepancies and read them, end an announcement, say what became of a report, count in `rate`, have a person counted
 * and see how many were, and nothing else: it sets no count of persons back. It must exist already. Every edge can be a
 * witness, so that it is migrated for it.
 */
export function edgeMigrations(edgeRole = 'einmal_edge') {
  // The role stands in SQL text, where no parameter can.
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(edgeRole)) throw new TypeError('not a role name');

  class CreateEdge extends Migration {
    override up(): void {
      this.addSql(TABLES);
      this.addSql(GUARD);
      this.addSql(TAKE_PERSON);
      this.addSql(FORGET);
      this.addSql(`
        revoke all on all tables in schema edge from public;
        revoke all on all functions in schema edge from public;
        grant usage on schema edge to "${edgeRole}";
        grant select, insert on edge.replay, edge.log, edge.deferral, edge.discrepancy to "${edgeRole}";
        grant update (state, explanation, changed_at) on edge.discrepancy to "${edgeRole}";
        grant update (expires_at) on edge.deferral to "${edgeRole}";
        grant select, insert, update on edge.rate to "${edgeRole}";
        grant select on edge.person_count to "${edgeRole}";
        grant execute on function edge.take_person, edge.forget_expired to "${edgeRole}";`);
    }
  }

  return [{ name: 'Migration20261123000001_create_edge', class: CreateEdge }, ...witnessMigrations(edgeRole)];
}

import { Migration } from '@mikro-orm/migrations';
import { auditMigrations } from './audit/migrations/audit-migrations.js';
import { governanceMigrations } from './governance/migrations/governance-migrations.js';
import { oversightMigrations } from './oversight/migrations/oversight-migrations.js';
import { jobMigrations } from './platform/jobs/job-migrations.js';
import { processingLogMigrations } from './processing-log/migrations/processing-log-migrations.js';
import { reconciliationMigrations } from './reconciliation/migrations/reconciliation-migrations.js';
import { witnessMigrations } from './witnesses/migrations/witness-migrations.js';

/**
 * All migrations of the node's database, in order, to be run by its owner. `nodeRole` is the login of the nodes: full
 * rights on its own working tables in `app`, and on the log only what `auditMigrations` grants, as is `purgeRole`.
 */
export function nodeMigrations(nodeRole = 'einmal_node', purgeRole = `${nodeRole}_purge`) {
  class CreateApp extends Migration {
    override up(): void {
      this.addSql(APP_TABLES);
      this.addSql(`
        grant usage on schema app to "${nodeRole}";
        grant select, insert, update, delete on all tables in schema app to "${nodeRole}";
        grant usage on all sequences in schema app to "${nodeRole}";
        revoke all on all functions in schema app from public;
        grant execute on function app.take_person to "${nodeRole}";
        revoke update, delete on app.trigger from "${nodeRole}";
        revoke update on app.trigger_salt from "${nodeRole}";
        do $$ begin
          if exists (select from pg_roles where rolname = '${purgeRole}') then
            grant usage on schema app to "${purgeRole}";
            grant execute on function app.forget_unlogged to "${purgeRole}";
          end if;
        end $$;
      `);
    }
  }

  return [
    ...auditMigrations(nodeRole, purgeRole),
    { name: 'Migration20261123000002_create_app', class: CreateApp },
    ...witnessMigrations(nodeRole),
    ...reconciliationMigrations(nodeRole),
    ...governanceMigrations(nodeRole),
    ...jobMigrations(nodeRole),
    ...oversightMigrations(nodeRole),
    ...processingLogMigrations(nodeRole),
  ];
}

const APP_TABLES = `
create schema app;
revoke all on schema app from public;

-- Triggers: the attested decision, sealed under the keys of its epoch. Their state is in log.trigger_state and changes only
-- with an entry of the log.
create table app.trigger (
  sequence bigint generated always as identity primary key,
  id text not null unique,
  requester text not null,
  retention_class text not null,
  epoch text not null,
  content text not null,
  expires_at timestamptz not null
-- Stays in its row: whoever finds a decision reads what is in it.
) with (toast_tuple_target = 4080);
create index trigger_requester on app.trigger (requester, sequence desc);

-- What opens the commitment of a decision to its subject, sealed: until the decision has ended.
create table app.trigger_salt (
  trigger_id text primary key,
  sealed text not null,
  expires_at timestamptz not null
);
create index trigger_salt_expiry on app.trigger_salt (expires_at);

-- No entry is left about these triggers: with their states go the decisions.
create function app.forget_decisions() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from app.trigger t using gone where t.id = gone.trigger_id;
  delete from app.trigger_salt x using gone where x.trigger_id = gone.trigger_id;
  return null;
end $$;
create trigger decisions_go_too after delete on log.trigger_state
  referencing old table as gone for each statement execute function app.forget_decisions();

-- Decisions that were stored and never granted, as where a node died in between: no entry will name them any more.
create function app.forget_unlogged() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from app.trigger t where t.expires_at < clock_timestamp() - interval '1 hour'
    and not exists (select from log.trigger_state s where s.trigger_id = t.id);
$$;

-- Client assertions that were used, until they expire (RFC 7523bis: jti is single use).
create table app.client_assertion (
  client text not null,
  jti text not null,
  expires_at timestamptz not null,
  primary key (client, jti)
);
create index client_assertion_expiry on app.client_assertion (expires_at);

-- Wrong identifications of a participant in a row; with an id where they locked it (FZV § 68 Abs. 2), and whether that has
-- its entry.
create table app.identification (
  participant text primary key,
  wrong_in_a_row int not null,
  lock_id text,
  is_recorded boolean not null default false
);

-- Participants, keys and version of the catalogue that each node was activated with last.
create table app.activation (
  node text primary key,
  state jsonb not null,
  activated_at timestamptz not null default now()
);

-- Sessions at the pages that have an entry in the log, by digest, until nobody accepts their tokens any more.
create table app.session (
  digest text primary key,
  expires_at timestamptz not null
);
create index session_expiry on app.session (expires_at);

-- Sealed first answers by request id, at most five minutes old.
create table app.answer (
  consumer text not null,
  request_id text not null,
  fingerprint text not null,
  -- What is encrypted cannot be compressed, and need not be tried.
  sealed text storage external,
  trigger_ids text[] not null default '{}',
  expires_at timestamptz not null,
  primary key (consumer, request_id)
);
create index answer_expiry on app.answer (expires_at);
create index answer_trigger on app.answer using gin (trigger_ids);

-- What online services ask persons to decide at the pages: sealed, under a digest of the link. With triggers once answered.
create table app.decision_request (
  id uuid primary key,
  consumer text not null,
  request_id text not null,
  link text not null unique check (length(link) = 43),
  sealed text not null,
  trigger_ids text[],
  expires_at timestamptz not null,
  unique (consumer, request_id)
);
create index decision_request_expiry on app.decision_request (expires_at);

-- Evidence that waits for the person's decision, sealed, at most 60 minutes (EGovG § 5 Abs. 5).
create table app.held_exchange (
  exchange_id text primary key,
  consumer text not null,
  sealed text not null,
  trigger_ids text[] not null,
  retrieval_ids text[] not null,
  -- Of what the person refused at the pages: nothing of it is in what is sealed.
  withheld_ids text[] not null default '{}',
  -- What the person decided at the pages (JWS), until the consumer comes for it.
  attestation text,
  -- What they state themself beside it, sealed.
  own_statements text,
  check ((attestation is null) = (own_statements is null)),
  expires_at timestamptz not null
);
create index held_expiry on app.held_exchange (expires_at);
create index held_trigger on app.held_exchange using gin (trigger_ids);

-- What a register announced for later, while the decision about it is kept open: sealed, and in the clear no more than records
-- have. It is looked at by a job that knows its id alone.
create table app.deferral (
  id uuid primary key,
  exchange_id text not null,
  consumer text not null,
  retrieval_id text not null,
  register_id text not null,
  evidence_type text not null,
  subject_role text not null,
  trigger_ids text[] not null,
  state text not null default 'waiting' check (state in ('waiting', 'ready', 'ended')),
  reason text check ((reason is null) = (state <> 'ended')),
  is_withdrawn boolean not null default false,
  attempt text,
  -- Of which nobody said how they ended, since the last one that did.
  lost_attempts text[] not null default '{}',
  attempts int not null default 0,
  retention_class text not null,
  epoch text not null,
  plan text,
  answer_epoch text,
  answer text,
  available_at timestamptz not null,
  -- A job that comes before it, because it came twice, does nothing.
  due_at timestamptz not null,
  expires_at timestamptz not null,
  forget_at timestamptz not null
);
create index deferral_exchange on app.deferral (exchange_id);
create index deferral_retrieval on app.deferral (retrieval_id);
create index deferral_forget on app.deferral (forget_at);
create index deferral_trigger on app.deferral using gin (trigger_ids);

-- No entry is left about the retrieval that was answered with "later": with its state goes what was kept open for it.
create function app.forget_deferrals() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from app.deferral d using gone where d.retrieval_id = gone.retrieval_id;
  return null;
end $$;
create trigger deferrals_go_too after delete on log.retrieval_state
  referencing old table as gone for each statement execute function app.forget_deferrals();

-- About how many different persons each consumer asked under each rule in the periods of late, and by a keyed digest about
-- whom. The row of the count is locked while a person is added: of two that race for the last place one gets it.
create table app.person_count (
  consumer text not null,
  rule_id text not null,
  period text not null,
  starts_at timestamptz not null,
  persons bigint not null,
  primary key (consumer, rule_id, period, starts_at)
);
create table app.person_asked (
  consumer text not null,
  rule_id text not null,
  period text not null,
  starts_at timestamptz not null,
  person text not null,
  primary key (consumer, rule_id, period, starts_at, person),
  foreign key (consumer, rule_id, period, starts_at) references app.person_count on delete cascade
);

create function app.take_person(for_consumer text, for_person text, rules text[], periods text[], starts timestamptz[], maxima bigint[])
returns void language plpgsql as $$
declare
  place int;
  so_far bigint;
  is_known boolean;
  used_up int[] := '{}';
begin
  for place in select it from generate_subscripts(rules, 1) as it order by rules[it] collate "C", periods[it] collate "C" loop
    insert into app.person_count (consumer, rule_id, period, starts_at, persons)
      values (for_consumer, rules[place], periods[place], starts[place], 0)
      on conflict (consumer, rule_id, period, starts_at) do nothing;
    select persons into so_far from app.person_count c
      where c.consumer = for_consumer and c.rule_id = rules[place] and c.period = periods[place] and c.starts_at = starts[place]
      for update;
    is_known := exists (select 1 from app.person_asked a
      where a.consumer = for_consumer and a.rule_id = rules[place] and a.period = periods[place] and a.starts_at = starts[place]
        and a.person = for_person);
    if not is_known and so_far >= maxima[place] then
      used_up := used_up || place;
    elsif not is_known then
      insert into app.person_asked values (for_consumer, rules[place], periods[place], starts[place], for_person);
      update app.person_count c set persons = persons + 1
        where c.consumer = for_consumer and c.rule_id = rules[place] and c.period = periods[place] and c.starts_at = starts[place];
    end if;
  end loop;
  if cardinality(used_up) > 0 then
    raise exception 'used up' using errcode = 'EU001', detail = array_to_string(used_up, ',');
  end if;
end
$$;
`;

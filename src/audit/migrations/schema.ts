import { EVENTS, OUTCOMES } from '../record.js';

/**
 * Whether this release knows a value. Its plan is made once per connection; a list within the constraint is read anew, word
 * by word, for every statement that inserts, which took a fifth of an append.
 */
const known = (name: string, values: readonly string[]): string => `
create or replace function log.${name}(p_value text) returns boolean language plpgsql immutable as $$
begin
  return p_value operator(pg_catalog.=) any (array[${values.map((value) => `'${value}'`).join(', ')}]);
end $$;
`;
const KNOWN_VALUES = known('is_event', EVENTS) + known('is_outcome', OUTCOMES);

/**
 * The tables of the log. `entry` and `node` are the tree and stay for ever; `record` and `subject_index` are about
 * persons and are erased (IDNrG § 9 Abs. 3). Nobody but the functions of this schema writes them: they take every index
 * from the place in the batch, so that foreign keys would find nothing and cost a quarter of an append.
 */
export const TABLES = `
create schema log;
revoke all on schema log from public;
${KNOWN_VALUES}
create table log.head (
  singleton boolean primary key default true check (singleton),
  size bigint not null check (size >= 0),
  root bytea not null check (length(root) = 32),
  frontier bytea[] not null check (cardinality(frontier) = bit_count(size::bit(64))),
  checkpoint text check ((checkpoint is null) = (size = 0)),
  log_time timestamptz not null
) with (fillfactor = 20);
insert into log.head (size, root, frontier, checkpoint, log_time) values (0, sha256(''), '{}', null, to_timestamp(0));

create table log.entry (
  index bigint primary key check (index >= 0),
  leaf bytea not null check (length(leaf) = 33),
  leaf_hash bytea not null check (leaf_hash = sha256('\\x00'::bytea || leaf))
);

create table log.node (
  level smallint not null check (level between 1 and 53),
  index bigint not null check (index >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (level, index)
);

create table log.record (
  index bigint primary key,
  event text not null check (log.is_event(event)),
  log_time timestamptz not null,
  exchange_ref text,
  retrieval_ref text,
  consumer text not null,
  register text,
  evidence_type text,
  purpose text,
  legal_basis text,
  outcome text check (log.is_outcome(outcome)),
  reason text,
  subject_role text,
  release_digest text,
  trigger_id text,
  key_thumbprint text,
  caller_salt bytea not null check (length(caller_salt) = 32),
  protected_hash bytea not null check (length(protected_hash) = 32),
  record_id uuid not null unique,
  retention_class text not null,
  epoch text not null check (epoch ~ '^[0-9]{4}-[0-9]{2}$'),
  wrapped_key bytea not null,
  ciphertext bytea not null
);
create index record_consumer on log.record (consumer, index);
create index record_exchange on log.record (exchange_ref) where exchange_ref is not null;
-- Lookups that found nobody or were not waited for, by consumer: how often that was of late is read before each lookup.
create index record_misidentified on log.record (consumer, log_time)
  where event = 'exchange.closed' and reason in ('SUBJECT_NOT_AVAILABLE', 'CALLER_LEFT');
create index record_anomaly on log.record (consumer, log_time) where event = 'anomaly';
-- Epochs lie one behind the other, a class among few: a summary of ranges finds them and costs an append nothing.
create index record_epoch on log.record using brin (epoch, retention_class) with (pages_per_range = 32, autosummarize = on);
create index record_key on log.record (key_thumbprint, index) where event in ('key.added', 'key.removed');

create table log.subject_index (
  key bytea not null check (length(key) = 32),
  index bigint not null,
  capacity text not null check (capacity in ('subject', 'decider')),
  primary key (key, index, capacity)
);
create index subject_index_entry on log.subject_index (index);

create table log.trigger_state (
  trigger_id text primary key,
  granted_index bigint not null,
  used_index bigint,
  used_by text,
  withdrawn_index bigint,
  check ((used_index is null) = (used_by is null))
);

create table log.retrieval_state (
  retrieval_id text primary key,
  opened_index bigint not null,
  expires_at timestamptz not null,
  closed_index bigint
);
create index retrieval_open on log.retrieval_state (expires_at) where closed_index is null;

-- Entries of which there is one of a name at most.
create table log.once (
  name text primary key,
  index bigint not null unique
);
`;

/**
 * Second line behind the missing rights: also the owner changes nothing by mistake, the head only grows, and states only
 * move on. Nothing here runs for a row that is appended.
 */
export const GUARDS = `
create function log.refuse_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'the log is append-only' using errcode = 'EL004';
end $$;

create function log.only_forward() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.size <= old.size or new.log_time < old.log_time then
    raise exception 'the head only moves forward' using errcode = 'EL004';
  end if;
  return new;
end $$;

create trigger entry_stays before update or delete on log.entry for each row execute function log.refuse_change();
create trigger entry_stays_whole before truncate on log.entry execute function log.refuse_change();
create trigger node_stays before update or delete on log.node for each row execute function log.refuse_change();
create trigger node_stays_whole before truncate on log.node execute function log.refuse_change();
create trigger head_forward before update on log.head for each row execute function log.only_forward();
create trigger head_stays before delete on log.head for each row execute function log.refuse_change();
create trigger head_stays_whole before truncate on log.head execute function log.refuse_change();
create trigger record_stays before update on log.record execute function log.refuse_change();
create trigger record_stays_whole before truncate on log.record execute function log.refuse_change();
create trigger subject_index_stays before update on log.subject_index execute function log.refuse_change();
create trigger subject_index_stays_whole before truncate on log.subject_index execute function log.refuse_change();
create trigger trigger_state_forward before update on log.trigger_state for each row
  when (new.trigger_id <> old.trigger_id or new.granted_index <> old.granted_index
    or (old.used_index is not null and (new.used_index, new.used_by) is distinct from (old.used_index, old.used_by))
    or (old.withdrawn_index is not null and (new.used_index, new.withdrawn_index) is distinct from (old.used_index, old.withdrawn_index)))
  execute function log.refuse_change();
create trigger trigger_state_stays_whole before truncate on log.trigger_state execute function log.refuse_change();
create trigger retrieval_state_forward before update on log.retrieval_state for each row
  when (old.closed_index is not null or new.closed_index is null
    or (new.retrieval_id, new.opened_index, new.expires_at) is distinct from (old.retrieval_id, old.opened_index, old.expires_at))
  execute function log.refuse_change();
create trigger retrieval_state_stays_whole before truncate on log.retrieval_state execute function log.refuse_change();
create trigger once_stays before update on log.once execute function log.refuse_change();
create trigger once_stays_whole before truncate on log.once execute function log.refuse_change();
`;

/** Takes every kind of event that this release knows, also where the log was made by an earlier one. */
export const TAKE_EVENTS = KNOWN_VALUES;

/**
 * Erasure of records (IDNrG § 9 Abs. 3): the tree stays, so that every proof keeps its meaning. EL005: the log does not
 * state this erasure.
 */
export const ERASURE = `
create table log.erasure (
  index bigint primary key check (index >= 0),
  retention_class text not null,
  epoch text not null,
  erased bigint not null check (erased >= 0),
  root text not null,
  erased_at timestamptz not null default clock_timestamp()
);

-- Which entry erased which record: with the leaves, whoever checks the log recomputes the root of every statement.
create table log.erased (
  index bigint not null references log.entry (index),
  erasure bigint not null references log.erasure (index),
  primary key (index, erasure)
);

-- A state goes with the last of the entries that made it; those of null are all.
create function log.forget_states(p_triggers text[], p_retrievals text[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  -- Locked before it is looked at: of a withdrawal that comes in between, the statement after this one sees the entry.
  perform from log.trigger_state t
  where (p_triggers is null or t.trigger_id = any (p_triggers))
    and not exists (select from log.record r where r.index = t.granted_index)
  for update;
  delete from log.trigger_state t
  where (p_triggers is null or t.trigger_id = any (p_triggers))
    and not exists (select from log.record r where r.index = t.granted_index)
    and not exists (select from log.record r where r.index = t.used_index)
    and not exists (select from log.record r where r.index = t.withdrawn_index);
  -- One that is open is still to be closed.
  delete from log.retrieval_state s
  where (p_retrievals is null or s.retrieval_id = any (p_retrievals)) and s.closed_index is not null
    and not exists (select from log.record r where r.index = s.opened_index)
    and not exists (select from log.record r where r.index = s.closed_index);
  delete from log.once o where not exists (select from log.record r where r.index = o.index);
end $$;

create function log.erase_records(p_entry bigint, p_protected text, p_salt bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  stated jsonb := p_protected::jsonb -> 'erasure';
  touched bigint;
  -- Of single erasures; a whole epoch looks at all states once.
  triggers text[];
  retrievals text[];
begin
  -- The statement counts because the entry commits to it, not because somebody says so.
  if stated is null or exists (select from log.erasure e where e.index = p_entry) or not exists (
    select from log.record r where r.index = p_entry and r.event = 'erasure'
      and r.protected_hash = sha256(p_salt || convert_to(p_protected, 'UTF8'))
  ) then
    raise exception 'no entry of the log states this erasure' using errcode = 'EL005';
  end if;
  insert into log.erasure (index, retention_class, epoch, erased, root)
  values (p_entry, stated ->> 'retention_class', stated ->> 'month', (stated ->> 'count')::bigint, stated ->> 'root');
  with gone as (
    delete from log.record r
    where r.retention_class = stated ->> 'retention_class' and r.epoch = stated ->> 'month' and r.index < p_entry
      and r.index between (stated ->> 'first_index')::bigint and (stated ->> 'last_index')::bigint
      and (stated ->> 'before' is null or r.log_time < (stated ->> 'before')::timestamptz)
      and (stated -> 'record_ids' is null
        or r.record_id in (select id::uuid from jsonb_array_elements_text(stated -> 'record_ids') as named (id)))
    returning r.index, r.trigger_id, r.retrieval_ref
  ), unfound as (
    delete from log.subject_index s using gone where s.index = gone.index
  ), noted as (
    insert into log.erased (index, erasure) select index, p_entry from gone
  )
  select count(*),
    array_agg(gone.trigger_id) filter (where stated -> 'record_ids' is not null),
    array_agg(gone.retrieval_ref) filter (where stated -> 'record_ids' is not null)
  into touched, triggers, retrievals from gone;
  if touched is distinct from (stated ->> 'count')::bigint then
    raise exception 'the records are not those that the entry states' using errcode = 'EL005';
  end if;
  if touched > 0 then
    perform log.forget_states(triggers, retrievals);
  end if;
end $$;

-- Records go where an entry states it, the rest with the last record that it belongs to; looked at once a statement.
create function log.record_goes() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from gone where not exists (select from log.erased e where e.index = gone.index)) then
    raise exception 'the log is append-only' using errcode = 'EL004';
  end if;
  return null;
end $$;
create function log.index_goes() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from gone join log.record r on r.index = gone.index) then
    raise exception 'the log is append-only' using errcode = 'EL004';
  end if;
  return null;
end $$;
create function log.trigger_state_goes() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if exists (
    select from gone cross join lateral (values (granted_index), (used_index), (withdrawn_index)) as made (index)
    join log.record r on r.index = made.index
  ) then
    raise exception 'the log is append-only' using errcode = 'EL004';
  end if;
  return null;
end $$;
create function log.retrieval_state_goes() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if exists (
    select from gone cross join lateral (values (opened_index), (closed_index)) as made (index)
    left join log.record r on r.index = made.index where r.index is not null or gone.closed_index is null
  ) then
    raise exception 'the log is append-only' using errcode = 'EL004';
  end if;
  return null;
end $$;
create trigger record_goes after delete on log.record
  referencing old table as gone for each statement execute function log.record_goes();
create trigger subject_index_goes after delete on log.subject_index
  referencing old table as gone for each statement execute function log.index_goes();
create trigger trigger_state_goes after delete on log.trigger_state
  referencing old table as gone for each statement execute function log.trigger_state_goes();
create trigger retrieval_state_goes after delete on log.retrieval_state
  referencing old table as gone for each statement execute function log.retrieval_state_goes();
create trigger once_goes after delete on log.once
  referencing old table as gone for each statement execute function log.index_goes();

revoke all on log.erasure, log.erased from public;
revoke all on all functions in schema log from public;
create trigger erasure_stays before update or delete on log.erasure for each row execute function log.refuse_change();
create trigger erased_stays before update or delete on log.erased for each row execute function log.refuse_change();
create trigger erased_stays_whole before truncate on log.erased execute function log.refuse_change();
create trigger erasure_stays_whole before truncate on log.erasure execute function log.refuse_change();
`;

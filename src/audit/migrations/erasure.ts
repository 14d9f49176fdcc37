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

create function log.erase_records(p_entry bigint, p_protected text, p_salt bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  stated jsonb := p_protected::jsonb -> 'erasure';
  touched bigint;
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
    returning r.index
  ), unfound as (
    delete from log.subject_index s using gone where s.index = gone.index
  ), noted as (
    insert into log.erased (index, erasure) select index, p_entry from gone
  )
  select count(*) into touched from gone;
  if touched is distinct from (stated ->> 'count')::bigint then
    raise exception 'the records are not those that the entry states' using errcode = 'EL005';
  end if;
end $$;

revoke all on log.erasure, log.erased from public;
revoke all on function log.erase_records from public;
create trigger erasure_stays before update or delete on log.erasure for each row execute function log.refuse_change();
create trigger erased_stays before update or delete on log.erased for each row execute function log.refuse_change();
create trigger erased_stays_whole before truncate on log.erased execute function log.refuse_change();
create trigger erasure_stays_whole before truncate on log.erasure execute function log.refuse_change();
`;

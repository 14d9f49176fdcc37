/**
 * Erasure of records (IDNrG § 9 Abs. 3): the tree stays, so that every proof keeps its meaning. EL005: the log does not
 * state this erasure.
 */
export const ERASURE = `
create table log.erasure (
  index bigint primary key references log.entry (index),
  retention_class text not null,
  epoch text not null,
  erased bigint not null check (erased >= 0),
  erased_at timestamptz not null default clock_timestamp()
);

create function log.erase_records(
  p_entry bigint, p_retention_class text, p_epoch text, p_before timestamptz, p_record_ids uuid[], p_count bigint
) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  touched bigint;
begin
  if not exists (select from log.record r where r.index = p_entry and r.event = 'erasure')
    or exists (select from log.erasure e where e.index = p_entry) then
    raise exception 'no entry of the log states this erasure' using errcode = 'EL005';
  end if;
  insert into log.erasure (index, retention_class, epoch, erased) values (p_entry, p_retention_class, p_epoch, p_count);
  -- The index rows of a record go with it (on delete cascade).
  delete from log.record r
  where r.retention_class = p_retention_class and r.epoch = p_epoch and r.index < p_entry
    and (p_before is null or r.log_time < p_before) and (p_record_ids is null or r.record_id = any (p_record_ids));
  get diagnostics touched = row_count;
  if touched is distinct from p_count then
    raise exception 'the records are not those that the entry states' using errcode = 'EL005';
  end if;
end $$;

revoke all on log.erasure from public;
revoke all on function log.erase_records from public;
create trigger erasure_stays before update or delete on log.erasure for each row execute function log.refuse_change();
create trigger erasure_stays_whole before truncate on log.erasure execute function log.refuse_change();
`;

/**
 * What must not be in the database of the log, in a second one: epoch keys, tombstones, orders of erasures, and of each log the newest
 * checkpoint, how far it got, and whether it has ended. Nobody but the functions of this schema writes here.
 */
export const TABLES = `
create schema vault;
revoke all on schema vault from public;

-- Rows without keys are what destroyed epochs leave. Old versions of a row hold keys: they are vacuumed away soon.
create table vault.epoch (
  retention_class text not null check (retention_class ~ '^[a-z0-9-]+$'),
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  wrap_key bytea check (length(wrap_key) = 32),
  index_key bytea check (length(index_key) = 32),
  destroyed_at timestamptz,
  primary key (retention_class, month),
  check ((wrap_key is null) = (destroyed_at is not null) and (index_key is null) = (destroyed_at is not null))
) with (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

create table vault.tombstone (
  record_id uuid primary key,
  buried_at timestamptz not null default clock_timestamp()
);

-- What is ordered and not done, with why: a row goes when it is, and its old version soon after.
create table vault.erasure_order (
  id uuid primary key,
  record_ids uuid[] not null,
  ground text not null
) with (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

create table vault.log (
  origin text primary key,
  size bigint check (size >= 0),
  root bytea check (length(root) = 32),
  note text,
  newest_at timestamptz,
  successor text,
  check ((size is null) = (root is null) and (size is null) = (note is null))
);
`;

/** Second line behind the missing rights: also the owner brings nothing back to life by mistake. */
export const GUARDS = `
create function vault.refuse_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'the vault forgets for good and forgets nothing else' using errcode = 'EV001';
end $$;

create trigger epoch_stays before delete on vault.epoch for each row execute function vault.refuse_change();
create trigger epoch_stays_destroyed before update on vault.epoch for each row
  when (old.destroyed_at is not null or new.destroyed_at is null) execute function vault.refuse_change();
create trigger epoch_stays_whole before truncate on vault.epoch execute function vault.refuse_change();
create trigger tombstone_stays before update or delete on vault.tombstone for each row execute function vault.refuse_change();
create trigger tombstone_stays_whole before truncate on vault.tombstone execute function vault.refuse_change();
create trigger order_stays before update on vault.erasure_order for each row execute function vault.refuse_change();
create trigger order_stays_whole before truncate on vault.erasure_order execute function vault.refuse_change();
create trigger log_stays before delete on vault.log for each row execute function vault.refuse_change();
create trigger log_forward before update on vault.log for each row
  when (new.origin <> old.origin or new.size < old.size or (old.size is not null and new.size is null)
    or (new.size = old.size and new.root <> old.root) or new.newest_at < old.newest_at
    or (old.successor is not null and new.successor is distinct from old.successor))
  execute function vault.refuse_change();
create trigger log_stays_whole before truncate on vault.log execute function vault.refuse_change();
`;

/** EV002: another checkpoint of this size is kept. EV003: the log has ended. */
export const FUNCTIONS = `
create function vault.obtain_epoch(p_class text, p_month text, p_wrap_key bytea, p_index_key bytea)
returns table (wrap_key bytea, index_key bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- Waits for whoever is making the same epoch; what is there stays.
  insert into vault.epoch (retention_class, month, wrap_key, index_key) values (p_class, p_month, p_wrap_key, p_index_key)
  on conflict do nothing;
  return query select e.wrap_key, e.index_key from vault.epoch e where e.retention_class = p_class and e.month = p_month;
end $$;

create function vault.destroy_epoch(p_class text, p_month text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into vault.epoch as e (retention_class, month, destroyed_at) values (p_class, p_month, clock_timestamp())
  on conflict (retention_class, month) do update
  set wrap_key = null, index_key = null, destroyed_at = excluded.destroyed_at where e.destroyed_at is null;
$$;

create function vault.bury(p_record_ids uuid[]) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into vault.tombstone (record_id) select distinct id from unnest(p_record_ids) as named (id) on conflict do nothing;
$$;

create function vault.order_erasure(p_id uuid, p_record_ids uuid[], p_ground text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into vault.erasure_order (id, record_ids, ground) values (p_id, p_record_ids, p_ground);
$$;

create function vault.settle_erasure(p_id uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from vault.erasure_order where id = p_id;
$$;

create function vault.keep_checkpoint(p_origin text, p_size bigint, p_root bytea, p_note text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  kept vault.log%rowtype;
begin
  insert into vault.log (origin) values (p_origin) on conflict do nothing;
  select * into strict kept from vault.log where origin = p_origin for update;
  if kept.successor is not null then
    raise exception 'the log has ended' using errcode = 'EV003';
  end if;
  if kept.size > p_size then
    return 'behind';
  end if;
  if kept.size = p_size then
    if kept.root <> p_root then
      raise exception 'another checkpoint of this size is kept' using errcode = 'EV002';
    end if;
    return 'known';
  end if;
  update vault.log set size = p_size, root = p_root, note = p_note where origin = p_origin;
  return 'newest';
end $$;

create function vault.reach_log(p_origin text, p_at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into vault.log as l (origin, newest_at) values (p_origin, p_at)
  on conflict (origin) do update set newest_at = excluded.newest_at where l.newest_at is null or l.newest_at < excluded.newest_at;
$$;

create function vault.end_log(p_origin text, p_successor text) returns text
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into vault.log as l (origin, successor) values (p_origin, p_successor)
  on conflict (origin) do update set successor = coalesce(l.successor, excluded.successor)
  returning successor;
$$;
`;

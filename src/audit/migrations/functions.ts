import { CALLER_DETAILS } from '../record.js';

/**
 * Plans are made once and look up single rows by index, whatever the tables hold: a plan that was made while the log
 * was empty reads whole tables later, and one that is made for every call costs more than the call.
 */
const PLANS = `set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off`;

/** How long a transaction may last once it has the lock of the head. */
const LOCK_TIMEOUT = '1700ms';

/**
 * Locks the head until the end of the transaction and tells it, with the states of the triggers and retrievals that a
 * batch is about to touch, which names are taken, and the hashes of the nodes asked for. A node that is paused or lost
 * while it holds the lock delays the others by 2 s at most: between two statements by the first limit, within a half-sent
 * one by the second, which `log.append_batch` sets too.
 */
export const LOCK_HEAD = `
create function log.lock_head(
  p_triggers text[], p_retrievals text[], p_node_level smallint[], p_node_index bigint[], p_names text[] default '{}'
) returns table (
  size bigint, root bytea, frontier bytea[], checkpoint text, log_time_ms bigint,
  trigger_states text[], trigger_users text[], retrieval_states text[], node_hashes bytea[], known_names text[]
)
language plpgsql security definer set search_path = pg_catalog, pg_temp
${PLANS} as $$
declare
  h log.head%rowtype;
begin
  perform set_config('idle_in_transaction_session_timeout', '1500ms', true);
  perform set_config('lock_timeout', '5s', true);
  select * into strict h from log.head for update;
  perform set_config('transaction_timeout', '${LOCK_TIMEOUT}', true);
  return query select
    h.size, h.root, h.frontier, h.checkpoint,
    -- The clock of the database, and never behind what an earlier entry says.
    (extract(epoch from greatest(h.log_time, date_trunc('milliseconds', clock_timestamp()))) * 1000)::bigint,
    array(
      select case when t.trigger_id is null then 'UNKNOWN' when t.withdrawn_index is not null then 'WITHDRAWN'
                  when t.used_index is not null then 'USED' else 'GRANTED' end
      from unnest(p_triggers) with ordinality as q (id, place) left join log.trigger_state t on t.trigger_id = q.id order by place
    ),
    array(
      select t.used_by
      from unnest(p_triggers) with ordinality as q (id, place) left join log.trigger_state t on t.trigger_id = q.id order by place
    ),
    array(
      select case when r.retrieval_id is null then 'UNKNOWN' when r.closed_index is null then 'OPEN' else 'CLOSED' end
      from unnest(p_retrievals) with ordinality as q (id, place) left join log.retrieval_state r on r.retrieval_id = q.id order by place
    ),
    array(
      select case when (h.size >> q.level) & 1 = 1 and q.index = (h.size >> q.level) - 1
                  -- At the edge of the tree still: the frontier, for which the root stands, says it without a look.
                  then h.frontier[bit_count((h.size >> q.level)::bit(64))::integer]
                  when q.level = 0 then (select e.leaf_hash from log.entry e where e.index = q.index)
                  else (select n.hash from log.node n where n.level = q.level and n.index = q.index) end
      from unnest(p_node_level, p_node_index) with ordinality as q (level, index, place) order by place
    ),
    array(select o.name from log.once o where o.name = any (p_names));
end $$;
`;

/** Columns of a record in the order in which `log.append_batch` takes them. */
const RECORD_COLUMNS = [
  ...['event', 'consumer', ...CALLER_DETAILS, 'caller_salt', 'protected_hash', 'record_id'],
  ...['retention_class', 'epoch', 'wrapped_key', 'ciphertext'],
];

/** How far the time of a batch may be from the clock of the database; longer than a batch holds the lock. */
const TIME_TOLERANCE = '5 seconds';

/**
 * Appends one batch behind the head that it was made for: entries, completed nodes, records, index rows, effects and
 * the new head. Indices follow from the places in the batch, so that there is none to leave out or to give twice. Checks
 * everything that can be checked without hashing the tree anew; EL001 another head, EL002 a malformed batch, EL003 an
 * effect that does not hold, EL006 a time that is not now. Returns the clock of the database in milliseconds.
 */
export const APPEND_BATCH = `
create function log.append_batch(
  p_expected_size bigint, p_expected_root bytea, p_expected_frontier bytea[], p_expected_checkpoint text,
  p_size bigint, p_root bytea, p_frontier bytea[], p_checkpoint text, p_log_time timestamptz,
  p_leaf bytea[], p_leaf_hash bytea[],
  p_node_level smallint[], p_node_index bigint[], p_node_hash bytea[],
  p_event text[], p_consumer text[], ${CALLER_DETAILS.map((name) => `p_${name} text[]`).join(', ')},
  p_caller_salt bytea[], p_protected_hash bytea[], p_record_id uuid[],
  p_retention_class text[], p_epoch text[], p_wrapped_key bytea[], p_ciphertext bytea[],
  p_subject_place integer[], p_subject_key bytea[], p_subject_capacity text[],
  p_effect_place integer[], p_effect_kind text[], p_effect_id text[], p_effect_by text[], p_effect_expires timestamptz[]
) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp
${PLANS} as $$
declare
  h log.head%rowtype;
  appended bigint := cardinality(p_leaf);
  completed bigint;
  touched bigint;
begin
  select * into strict h from log.head for update;
  -- Also a statement that is a transaction by itself holds the lock until its Sync arrives, and only this limit sees that.
  perform set_config('transaction_timeout', '${LOCK_TIMEOUT}', true);
  if h.size is distinct from p_expected_size or h.root is distinct from p_expected_root
    or h.frontier is distinct from p_expected_frontier or h.checkpoint is distinct from p_expected_checkpoint then
    raise exception 'the log has another head' using errcode = 'EL001';
  end if;
  if p_log_time is null or p_log_time < h.log_time then
    raise exception 'the time does not continue the log' using errcode = 'EL002';
  end if;
  if p_log_time not between clock_timestamp() - interval '${TIME_TOLERANCE}'
                        and greatest(h.log_time, clock_timestamp() + interval '${TIME_TOLERANCE}') then
    raise exception 'the time is not now' using errcode = 'EL006';
  end if;
  if appended is null or appended = 0 or p_size is distinct from h.size + appended then
    raise exception 'the size does not continue the log' using errcode = 'EL002';
  end if;
  if cardinality(p_leaf_hash) is distinct from appended or cardinality(p_event) is distinct from appended
    or cardinality(p_record_id) is distinct from appended then
    raise exception 'every entry needs a leaf and a record' using errcode = 'EL002';
  end if;
  -- The wire form of an array is 20 bytes and 4 before each element.
  if length(p_root) is distinct from 32 or cardinality(p_frontier) is distinct from bit_count(p_size::bit(64))::integer
    or length(array_send(p_frontier)) is distinct from 20 + 36 * cardinality(p_frontier) then
    raise exception 'root or frontier are not those of a tree of this size' using errcode = 'EL002';
  end if;
  -- A tree of n leaves has n - popcount(n) complete inner nodes; each is written by the batch that completes it.
  completed := appended - bit_count(p_size::bit(64)) + bit_count(h.size::bit(64));
  if cardinality(p_node_level) is distinct from completed::integer then
    raise exception 'the nodes are not those that this batch completes' using errcode = 'EL002';
  end if;
  if split_part(p_checkpoint, E'\\n', 2) is distinct from p_size::text
    or split_part(p_checkpoint, E'\\n', 3) is distinct from encode(p_root, 'base64')
    or (h.checkpoint is not null and split_part(p_checkpoint, E'\\n', 1) <> split_part(h.checkpoint, E'\\n', 1)) then
    raise exception 'the checkpoint is not that of this tree' using errcode = 'EL002';
  end if;

  -- An element by its place: to unnest so many arrays side by side costs more than to write what they hold.
  insert into log.entry (index, leaf, leaf_hash)
  select h.size + place - 1, p_leaf[place], p_leaf_hash[place] from generate_series(1, appended::integer) as place;
  if completed > 0 then
    insert into log.node (level, index, hash) select n.level, n.index, n.hash
    from unnest(p_node_level, p_node_index, p_node_hash) as n (level, index, hash)
    where n.level between 1 and 53 and (n.index + 1) * (1::bigint << n.level) between h.size + 1 and p_size;
    get diagnostics touched = row_count;
    if touched <> completed then
      raise exception 'the nodes are not those that this batch completes' using errcode = 'EL002';
    end if;
  end if;
  insert into log.record (index, log_time, ${RECORD_COLUMNS.join(', ')})
  select h.size + place - 1, p_log_time, ${RECORD_COLUMNS.map((name) => `p_${name}[place]`).join(', ')}
  from generate_series(1, appended::integer) as place;
  if cardinality(p_subject_key) > 0 then
    insert into log.subject_index (key, index, capacity)
    select p_subject_key[i], h.size + p_subject_place[i] - 1, p_subject_capacity[i]
    from generate_series(1, cardinality(p_subject_key)) as i
    where p_subject_place[i] between 1 and appended;
    get diagnostics touched = row_count;
    if touched is distinct from greatest(cardinality(p_subject_key), cardinality(p_subject_place)) then
      raise exception 'an index row belongs to no entry of this batch' using errcode = 'EL002';
    end if;
  end if;
  if cardinality(p_effect_kind) > 0 then
    perform log.apply_effects(h.size, appended, p_effect_place, p_effect_kind, p_effect_id, p_effect_by, p_effect_expires);
  end if;

  update log.head set size = p_size, root = p_root, frontier = p_frontier, checkpoint = p_checkpoint, log_time = p_log_time;
  return (extract(epoch from clock_timestamp()) * 1000)::bigint;
end $$;
`;

/**
 * Applies the effects of a batch set-wise. Grants come before uses, uses before checks, checks before withdrawals and closings:
 * every order that the batch may have had in memory is one that ends in the same states.
 */
export const APPLY_EFFECTS = `
create function log.apply_effects(
  p_old_size bigint, p_appended bigint, p_place integer[], p_kind text[], p_id text[], p_by text[], p_expires timestamptz[]
) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  done bigint := 0;
  touched bigint;
begin
  if exists (select from unnest(p_place) as e (place) where e.place is null or not e.place between 1 and p_appended) then
    raise exception 'an effect belongs to no entry of this batch' using errcode = 'EL002';
  end if;

  if 'grant-trigger' = any (p_kind) then
    insert into log.trigger_state (trigger_id, granted_index)
    select id, p_old_size + place - 1 from unnest(p_place, p_kind, p_id) as e (place, kind, id) where kind = 'grant-trigger';
    get diagnostics touched = row_count;
    done := done + touched;
  end if;

  if 'use-trigger' = any (p_kind) then
    update log.trigger_state t set used_index = p_old_size + e.place - 1, used_by = e.by
    from unnest(p_place, p_kind, p_id, p_by) as e (place, kind, id, by)
    where e.kind = 'use-trigger' and t.trigger_id = e.id and e.by is not null and t.used_index is null and t.withdrawn_index is null;
    get diagnostics touched = row_count;
    done := done + touched;
  end if;

  if 'trigger-in-force' = any (p_kind) then
    select count(*) into touched
    from unnest(p_kind, p_id, p_by) as e (kind, id, by)
    join log.trigger_state t on t.trigger_id = e.id and t.used_by = e.by and t.withdrawn_index is null
    where e.kind = 'trigger-in-force';
    done := done + touched;
  end if;

  if 'withdraw-trigger' = any (p_kind) then
    update log.trigger_state t set withdrawn_index = p_old_size + e.place - 1
    from unnest(p_place, p_kind, p_id) as e (place, kind, id)
    where e.kind = 'withdraw-trigger' and t.trigger_id = e.id and t.withdrawn_index is null;
    get diagnostics touched = row_count;
    done := done + touched;
  end if;

  if 'open-retrieval' = any (p_kind) then
    insert into log.retrieval_state (retrieval_id, opened_index, expires_at)
    select id, p_old_size + place - 1, expires
    from unnest(p_place, p_kind, p_id, p_expires) as e (place, kind, id, expires) where kind = 'open-retrieval';
    get diagnostics touched = row_count;
    done := done + touched;
  end if;

  if 'retrieval-open' = any (p_kind) then
    select count(*) into touched
    from unnest(p_kind, p_id) as e (kind, id)
    join log.retrieval_state r on r.retrieval_id = e.id and r.closed_index is null
    where e.kind = 'retrieval-open';
    done := done + touched;
  end if;

  if 'close-retrieval' = any (p_kind) then
    update log.retrieval_state r set closed_index = p_old_size + e.place - 1
    from unnest(p_place, p_kind, p_id) as e (place, kind, id)
    where e.kind = 'close-retrieval' and r.retrieval_id = e.id and r.closed_index is null;
    get diagnostics touched = row_count;
    done := done + touched;
  end if;

  if 'once' = any (p_kind) then
    insert into log.once (name, index)
    select id, p_old_size + place - 1 from unnest(p_place, p_kind, p_id) as e (place, kind, id) where kind = 'once';
    get diagnostics touched = row_count;
    done := done + touched;
  end if;

  if done <> cardinality(p_kind) then
    raise exception 'an effect does not hold' using errcode = 'EL003';
  end if;
end $$;
`;

import { Migration } from '@mikro-orm/migrations';

const TABLE = `
create schema log;
revoke all on schema log from public;

create table log.permission_check (
  entry bigint generated always as identity primary key,
  check_id uuid not null constraint permission_check_once unique,
  checked_at timestamptz not null,
  caller text not null,
  consumer text,
  provider text,
  evidence_type text,
  purpose text,
  legal_basis text,
  asked_fields text[] not null,
  decision text not null check (decision in ('ALLOWED', 'REFUSED')),
  reason text,
  rule_ids text[] not null,
  fields text[] not null,
  token_id text unique,
  request_digest text check (length(request_digest) = 43),
  catalogue_version text not null,
  check ((decision = 'REFUSED') = (reason is not null)),
  check (decision = 'ALLOWED' or token_id is null)
);
create index permission_check_time on log.permission_check (checked_at);
`;

/**
 * How often each consumer used each rule in the periods of late. Counted by the function alone, in the order of rules, so
 * that two checks never wait for each other in a circle. What is used up is refused before a row is locked for it.
 */
const RULE_USE = `
create table log.rule_use (
  consumer text not null,
  rule_id text not null,
  period text not null,
  starts_at timestamptz not null,
  used bigint not null,
  primary key (consumer, rule_id, period, starts_at)
);

create function log.use_rules(for_consumer text, rules text[], periods text[], starts timestamptz[], maxima bigint[], is_taken boolean)
returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  place int;
  so_far bigint;
  used_up int[] := '{}';
begin
  for place in select generate_subscripts(rules, 1) loop
    select used into so_far from log.rule_use u
      where u.consumer = for_consumer and u.rule_id = rules[place] and u.period = periods[place] and u.starts_at = starts[place];
    if coalesce(so_far, 0) >= maxima[place] then used_up := used_up || place; end if;
  end loop;
  if is_taken and cardinality(used_up) = 0 then
    for place in select it from generate_subscripts(rules, 1) as it order by rules[it] collate "C", periods[it] collate "C" loop
      insert into log.rule_use as u (consumer, rule_id, period, starts_at, used)
        values (for_consumer, rules[place], periods[place], starts[place], 1)
        on conflict (consumer, rule_id, period, starts_at) do update set used = u.used + 1
        returning used into so_far;
      if so_far > maxima[place] then used_up := used_up || place; end if;
      -- The first of a period tidies up; a second one that does the same is not waited for.
      if so_far = 1 then
        delete from log.rule_use u where u.ctid = any (array(
          select o.ctid from log.rule_use o
            where o.consumer = for_consumer and o.rule_id = rules[place] and o.starts_at < starts[place] - interval '2 days'
            for update skip locked));
      end if;
    end loop;
  end if;
  if cardinality(used_up) > 0 then
    raise exception 'used up' using errcode = 'EU001', detail = array_to_string(used_up, ',');
  end if;
  return true;
end
$$;
`;

/** Not even the owner changes an entry; what is older than two years may go (IDNrG § 9 Abs. 3). */
const GUARD = `
create function log.keep_permission_check() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.checked_at < now() - interval '2 years' then
    return old;
  end if;
  raise exception 'the permission log is append-only';
end
$$;
create trigger keep_row before update or delete on log.permission_check
  for each row execute function log.keep_permission_check();
create trigger keep_table before truncate on log.permission_check
  for each statement execute function log.keep_permission_check();
`;

/**
 * The migrations of the intermediary's database, to be run by its owner. `role` is the login of the intermediary: it may
 * add entries, read them and count the use of rules, and nothing else. It must exist already.
 */
export function permissionLogMigrations(role = 'einmal_intermediary') {
  // The role stands in SQL text, where no parameter can.
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(role)) throw new TypeError('not a role name');

  class CreatePermissionLog extends Migration {
    override up(): void {
      this.addSql(TABLE);
      this.addSql(RULE_USE);
      this.addSql(GUARD);
      this.addSql(`
        revoke all on all tables in schema log from public;
        revoke all on all functions in schema log from public;
        grant usage on schema log to "${role}";
        grant insert, select on log.permission_check to "${role}";
        grant select on log.rule_use to "${role}";
        grant execute on function log.use_rules to "${role}";
      `);
    }
  }

  return [{ name: 'Migration20261123000001_create_permission_log', class: CreatePermissionLog }];
}

import { Migration } from '@mikro-orm/migrations';

const TABLES = `
  create schema witness;
  revoke all on schema witness from public;

  -- The last checkpoint of each log that this witness cosigned.
  create table witness.seen (
    origin text primary key,
    size bigint not null check (size >= 0),
    root bytea not null check (length(root) = 32),
    note text not null,
    seen_at timestamptz not null default clock_timestamp()
  );

  -- Two histories that one log signed.
  create table witness.fork (
    origin text primary key references witness.seen (origin),
    evidence text not null,
    found_at timestamptz not null default clock_timestamp()
  );

  -- Checkpoints that the log signed and that do not extend what was seen; they alone do not show a fork.
  create table witness.refused (
    origin text not null references witness.seen (origin),
    participant text not null,
    size bigint not null,
    root bytea not null check (length(root) = 32),
    seen_note text not null,
    request text not null check (octet_length(request) <= 16384),
    refused_at timestamptz not null default clock_timestamp(),
    primary key (origin, participant, size, root)
  );`;

/** Not even the owner lets the witness forget by mistake. */
const GUARDS = `
  create function witness.keep() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    raise exception 'a witness does not forget' using errcode = 'EW001';
  end $$;

  create function witness.only_forward() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    if new.origin <> old.origin or new.size < old.size or (new.size = old.size and new.root <> old.root) then
      raise exception 'a witness does not go back' using errcode = 'EW001';
    end if;
    return new;
  end $$;

  create trigger seen_forward before update on witness.seen for each row execute function witness.only_forward();
  create trigger seen_stays before delete on witness.seen for each row execute function witness.keep();
  create trigger seen_stays_whole before truncate on witness.seen execute function witness.keep();
  create trigger fork_stays before update or delete on witness.fork for each row execute function witness.keep();
  create trigger fork_stays_whole before truncate on witness.fork execute function witness.keep();
  create trigger refused_stays before update or delete on witness.refused for each row execute function witness.keep();
  create trigger refused_stays_whole before truncate on witness.refused execute function witness.keep();`;

/** Check and persist as one step (C2SP tlog-witness, add-checkpoint): false where what was before is not the last one any more. */
const ADVANCE = `
  create function witness.advance(
    p_origin text, p_before_size bigint, p_before_root bytea, p_size bigint, p_root bytea, p_note text
  ) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  declare
    touched bigint;
  begin
    if split_part(p_note, E'\\n', 1) is distinct from p_origin
      or split_part(p_note, E'\\n', 2) is distinct from p_size::text
      or split_part(p_note, E'\\n', 3) is distinct from encode(p_root, 'base64') then
      raise exception 'the note is not that of this tree' using errcode = 'EW002';
    end if;
    if p_before_size is null then
      insert into witness.seen (origin, size, root, note) values (p_origin, p_size, p_root, p_note)
      on conflict (origin) do nothing;
    else
      perform from witness.seen s where s.origin = p_origin for update;
      -- A statement of its own: it sees a fork that was found while the one above waited.
      if exists (select from witness.fork f where f.origin = p_origin) then
        return false;
      end if;
      update witness.seen s set size = p_size, root = p_root, note = p_note, seen_at = clock_timestamp()
      where s.origin = p_origin and s.size = p_before_size and s.root = p_before_root;
    end if;
    get diagnostics touched = row_count;
    return touched = 1;
  end $$;`;

const KEEP = `
  create function witness.keep_fork(p_origin text, p_evidence text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  begin
    -- Whoever advances now waits, and sees the fork.
    perform from witness.seen s where s.origin = p_origin for update;
    insert into witness.fork (origin, evidence) values (p_origin, p_evidence) on conflict (origin) do nothing;
  end $$;

  create function witness.keep_refused(
    p_origin text, p_participant text, p_size bigint, p_root bytea, p_seen_note text, p_request text
  ) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  declare
    kept bigint;
  begin
    -- One after the other: those that came at once would all find room.
    perform from witness.seen s where s.origin = p_origin for update;
    insert into witness.refused (origin, participant, size, root, seen_note, request)
    select p_origin, p_participant, p_size, p_root, p_seen_note, p_request
    where octet_length(p_request) <= 16384 and (
      select count(*) from witness.refused r where r.origin = p_origin and r.participant = p_participant
    ) < 10
    on conflict (origin, participant, size, root) do nothing;
    get diagnostics kept = row_count;
    return kept = 1;
  end $$;`;

/** Migrations of a witness, in the database of the process that it is part of; `role` is the login of that process. */
export function witnessMigrations(role: string) {
  // The role stands in SQL text, where no parameter can.
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(role)) throw new TypeError('not a role name');

  class CreateWitness extends Migration {
    override up(): void {
      for (const sql of [TABLES, GUARDS, ADVANCE, KEEP]) this.addSql(sql);
      this.addSql(`
        revoke all on all tables in schema witness from public;
        revoke all on all functions in schema witness from public;
        grant usage on schema witness to "${role}";
        grant select on all tables in schema witness to "${role}";
        grant execute on function witness.advance, witness.keep_fork, witness.keep_refused to "${role}";`);
    }
  }

  return [{ name: 'Migration20261123000002_create_witness', class: CreateWitness }];
}

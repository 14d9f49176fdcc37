import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- How often something was logged, by stretches of the log and hours: says where entries are to be found, and where not. Nothing
-- of a person; what is absent in a record is empty here. Goes with the records that it counts.
create table app.activity (
  block bigint not null,
  hour timestamptz not null,
  event text not null,
  consumer text not null,
  register text not null,
  purpose text not null,
  legal_basis text not null,
  outcome text not null,
  reason text not null,
  entries integer not null,
  first_index bigint not null,
  last_index bigint not null
);
create index activity_block on app.activity (block);

-- The same by hours alone, for figures and trends.
create table app.activity_hour (
  hour timestamptz not null,
  event text not null,
  consumer text not null,
  register text not null,
  outcome text not null,
  reason text not null,
  entries bigint not null,
  primary key (hour, event, consumer, register, outcome, reason)
);

-- Everything before this index is counted in the two tables above.
create table app.activity_head (
  singleton boolean primary key default true check (singleton),
  next_index bigint not null
);
insert into app.activity_head (next_index) values (0);

-- Everything that officers did before this index is in the tables below: they are made of entries alone, and what is missing there
-- is made up from this index on.
create table app.act_head (
  singleton boolean primary key default true check (singleton),
  next_index bigint not null
);
insert into app.act_head (next_index) values (0);

-- Steps of officers in cases, each with its entry; what they wrote is in the log alone, encrypted.
create table app.case_step (
  log_index bigint primary key,
  case_index bigint not null,
  state text not null check (state in ('in_progress', 'reported', 'dismissed')),
  -- Whether it states something for the report to the supervisory authority.
  has_report boolean not null,
  recorded_at timestamptz not null
);
create index case_step_case on app.case_step (case_index, log_index);

-- Samples: what they are is in the log, at the index that names them.
create table app.sample (
  log_index bigint primary key,
  actor text not null,
  nonce_hash bytea not null check (length(nonce_hash) = 32),
  first_index bigint not null,
  end_index bigint not null check (end_index > first_index),
  size integer not null check (size > 0),
  committed_at timestamptz not null,
  -- By what it is drawn, as an entry fixed it before anybody told the nonce.
  checkpoint text,
  fixed_index bigint,
  nonce bytea,
  drawn_index bigint,
  -- A tree with the entry that fixed it, as the witnesses had signed it before the draw.
  witnessed text,
  check ((checkpoint is null) = (fixed_index is null)),
  check (num_nulls(nonce, drawn_index, witnessed) in (0, 3)),
  check (nonce is null or checkpoint is not null)
);
create table app.sample_item (
  sample bigint not null references app.sample,
  place integer not null,
  log_index bigint not null,
  is_counted boolean not null,
  finding text check (finding in ('in_order', 'objection')),
  finding_index bigint,
  primary key (sample, place),
  unique (sample, log_index)
);

create table app.saved_filter (
  pages text not null,
  actor text not null,
  name text not null,
  filter jsonb not null,
  primary key (pages, actor, name)
);
`;

/** Working tables of what officers look at; `nodeRole` is the login of the nodes. */
export function oversightMigrations(nodeRole: string) {
  class CreateOversight extends Migration {
    override up(): void {
      this.addSql(TABLES);
      this.addSql(`
        grant select, insert, delete on app.activity to "${nodeRole}";
        grant select, insert, update, delete on app.activity_hour to "${nodeRole}";
        grant select, update on app.activity_head to "${nodeRole}";
        grant select, update on app.act_head to "${nodeRole}";
        grant select, insert on app.case_step to "${nodeRole}";
        grant select, insert, update (checkpoint, fixed_index, nonce, drawn_index, witnessed) on app.sample to "${nodeRole}";
        grant select, insert, update (finding, finding_index) on app.sample_item to "${nodeRole}";
        grant select, insert, update, delete on app.saved_filter to "${nodeRole}";
      `);
    }
  }
  return [{ name: 'Migration20261127000103_create_oversight', class: CreateOversight }];
}

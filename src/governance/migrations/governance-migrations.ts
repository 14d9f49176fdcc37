import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- Files of catalogue versions, each content once, by its SHA-256.
create table app.catalogue_file (digest text primary key, content bytea not null);

-- Every version that was proposed or in force: file name to digest.
create table app.catalogue_version (
  version text primary key,
  files jsonb not null,
  kept_at timestamptz not null default now()
);

-- What came into force, in this order; the last one is. The first was read from files and has no proposal.
create table app.catalogue_activation (
  number bigint primary key check (number > 0),
  version text not null references app.catalogue_version,
  proposal uuid unique,
  activated_at timestamptz not null default now()
);

-- A proposal counts for the activation it was made under, and for no later one.
create table app.catalogue_proposal (
  id uuid primary key,
  version text not null references app.catalogue_version,
  based_on bigint not null references app.catalogue_activation,
  -- Null: as soon as it is approved.
  activate_at timestamptz,
  changed text[] not null,
  proposed_by text not null,
  actor text not null,
  fingerprint text not null,
  proposed_at timestamptz not null default now()
);
alter table app.catalogue_activation add foreign key (proposal) references app.catalogue_proposal;

-- An approved proposal may still be rejected until it comes into force; a rejected one is never approved.
create table app.catalogue_decision (
  proposal uuid not null references app.catalogue_proposal,
  approved boolean not null,
  decided_by text not null,
  reason text not null,
  decided_at timestamptz not null default now(),
  primary key (proposal, approved)
);
`;

/** The history of the catalogue: it is added to and never changed. `nodeRole` is the login of the nodes. */
export function governanceMigrations(nodeRole: string) {
  class CreateGovernance extends Migration {
    override up(): void {
      this.addSql(TABLES);
      this.addSql(`grant select, insert on app.catalogue_file, app.catalogue_version, app.catalogue_activation,
        app.catalogue_proposal, app.catalogue_decision to "${nodeRole}";`);
    }
  }
  return [{ name: 'Migration20261126000040_create_governance', class: CreateGovernance }];
}

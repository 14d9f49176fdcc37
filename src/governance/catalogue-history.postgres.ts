import type { Pool, PoolClient } from 'pg';
import { digestOfBytes } from '../catalogue/digest-of-bytes.js';
import type { VersionFiles } from '../catalogue/load-catalogue.js';
import { inTransaction } from '../platform/transaction.js';
import {
  type Activation,
  CatalogueHistory,
  type Due,
  type NewDecision,
  type NewProposal,
  OpenHistory,
  type Proposal,
} from './catalogue-history.js';

type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>;

const ENOUGH = 1000;

export class PostgresCatalogueHistory extends CatalogueHistory {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async inForce(): Promise<Activation | undefined> {
    return (await this.activations(1))[0];
  }

  override activations(limit: number): Promise<readonly Activation[]> {
    return activations(this.pool, limit);
  }

  override proposals(limit: number): Promise<readonly Proposal[]> {
    return proposals(this.pool, limit);
  }

  override async filesOf(version: string): Promise<VersionFiles | undefined> {
    const { rows } = await this.pool.query<{ name: string; content: Buffer }>(
      `select name, content from app.catalogue_version v, jsonb_each_text(v.files) as it(name, digest)
       join app.catalogue_file f on f.digest = it.digest where v.version = $1`,
      [version],
    );
    return rows.length === 0 ? undefined : new Map(rows.map(({ name, content }) => [name, content]));
  }

  override due(basedOn: number): Promise<Due | undefined> {
    return due(this.pool, basedOn);
  }

  override exclusively<T>(work: (history: OpenHistory) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, async (client) => {
      await client.query("select pg_advisory_xact_lock(hashtextextended('catalogue history', 0))");
      return work(new PostgresOpenHistory(client));
    });
  }
}

class PostgresOpenHistory extends OpenHistory {
  constructor(private readonly client: PoolClient) {
    super();
  }

  override async inForce(): Promise<Activation | undefined> {
    return (await activations(this.client, 1))[0];
  }

  override proposals(): Promise<readonly Proposal[]> {
    return proposals(this.client, ENOUGH);
  }

  override due(basedOn: number): Promise<Due | undefined> {
    return due(this.client, basedOn);
  }

  override async keep(version: string, files: VersionFiles): Promise<void> {
    const digests = new Map([...files].map(([name, content]) => [name, digestOfBytes(content)]));
    for (const [name, content] of files)
      await this.client.query(
        'insert into app.catalogue_file (digest, content) values ($1, $2) on conflict do nothing',
        [digests.get(name), content],
      );
    await this.client.query(
      'insert into app.catalogue_version (version, files) values ($1, $2) on conflict (version) do nothing',
      [version, JSON.stringify(Object.fromEntries(digests))],
    );
  }

  override async propose(proposal: NewProposal): Promise<void> {
    const { id, version, basedOn, activateAt, changed, proposedBy, actor, fingerprint } = proposal;
    await this.client.query(
      `insert into app.catalogue_proposal (id, version, based_on, activate_at, changed, proposed_by, actor, fingerprint)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[id, version, basedOn, activateAt === undefined ? null : new Date(activateAt)],
        ...[changed, proposedBy, actor, fingerprint],
      ],
    );
  }

  override async decide(proposal: string, { approved, decidedBy, reason }: NewDecision): Promise<void> {
    const { rowCount } = await this.client.query(
      `insert into app.catalogue_decision (proposal, approved, decided_by, reason) select $1::uuid, $2::boolean, $3, $4
       where not exists (select from app.catalogue_decision d where d.proposal = $1 and not d.approved)`,
      [proposal, approved, decidedBy, reason],
    );
    if (rowCount !== 1) throw new TypeError('what is rejected stays so');
  }

  override async activate(version: string, proposal?: string): Promise<Activation> {
    await this.client.query(
      `insert into app.catalogue_activation (number, version, proposal)
       select coalesce(max(number), 0) + 1, $1, $2 from app.catalogue_activation`,
      [version, proposal ?? null],
    );
    const activation = await this.inForce();
    if (activation === undefined) throw new TypeError('what was just activated is not there');
    return activation;
  }
}

/** By the clock of the database: nodes whose clocks differ do not. */
async function due(database: Queryable, basedOn: number): Promise<Due | undefined> {
  const { rows } = await database.query<Due>(
    `select p.id as proposal, p.version from app.catalogue_proposal p join app.catalogue_decision d on d.proposal = p.id
     where d.approved and p.based_on = $1
       and not exists (select from app.catalogue_decision r where r.proposal = p.id and not r.approved)
       and coalesce(p.activate_at <= clock_timestamp(), true)
     order by d.decided_at, p.id limit 1`,
    [basedOn],
  );
  return rows[0];
}

async function activations(database: Queryable, limit: number): Promise<readonly Activation[]> {
  const { rows } = await database.query<{
    number: string;
    version: string;
    proposal: string | null;
    activated_at: Date;
  }>('select number, version, proposal, activated_at from app.catalogue_activation order by number desc limit $1', [
    limit,
  ]);
  return rows.map(({ number, version, proposal, activated_at }) => ({
    number: Number(number),
    version,
    ...(proposal === null ? {} : { proposal }),
    activatedAt: activated_at.getTime(),
  }));
}

type Row = Readonly<{
  id: string;
  version: string;
  based_on: string;
  activate_at: Date | null;
  changed: string[];
  proposed_by: string;
  actor: string;
  fingerprint: string;
  proposed_at: Date;
  approved: boolean | null;
  decided_by: string;
  reason: string;
  decided_at: Date;
}>;

async function proposals(database: Queryable, limit: number): Promise<readonly Proposal[]> {
  const { rows } = await database.query<Row>(
    `select p.*, d.approved, d.decided_by, d.reason, d.decided_at from app.catalogue_proposal p
     left join lateral (
       -- A rejection is the last word.
       select * from app.catalogue_decision d where d.proposal = p.id order by d.approved limit 1
     ) d on true order by p.proposed_at desc, p.id limit $1`,
    [limit],
  );
  return rows.map(({ id, version, changed, actor, fingerprint, approved, reason, ...row }) => ({
    ...{ id, version, basedOn: Number(row.based_on), changed, proposedBy: row.proposed_by, actor, fingerprint },
    ...(row.activate_at === null ? {} : { activateAt: row.activate_at.getTime() }),
    proposedAt: row.proposed_at.getTime(),
    ...(approved === null
      ? {}
      : { decision: { approved, decidedBy: row.decided_by, reason, decidedAt: row.decided_at.getTime() } }),
  }));
}

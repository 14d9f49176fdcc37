import type { Pool } from 'pg';
import type { VerifiedAttestation } from '../tokens/attestation.js';
import type { Trigger, TriggerState } from './trigger.js';
import { TriggerStore } from './trigger-store.js';

type Row = Readonly<{
  id: string;
  decision: VerifiedAttestation;
  attestation: string;
  commitment_salt: string;
  state: TriggerState;
}>;

/** A trigger whose grant is not in the log does not exist: hence the inner join. */
const SELECT = `
  select t.id, t.decision, t.attestation, t.commitment_salt,
    case when s.withdrawn_index is not null then 'withdrawn' when s.used_index is not null then 'used' else 'granted' end as state
  from app.trigger t join log.trigger_state s on s.trigger_id = t.id`;

/** Reads and writes on the pool itself: one prepared statement per exchange, where the ORM would cost several times that. */
export class PostgresTriggerStore extends TriggerStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async put(triggers: readonly Omit<Trigger, 'state'>[]): Promise<void> {
    await this.pool.query({
      name: 'trigger-put',
      text: `insert into app.trigger (id, requester, decision, attestation, commitment_salt, expires_at)
             select * from unnest($1::text[], $2::text[], $3::jsonb[], $4::text[], $5::text[], $6::timestamptz[])
             on conflict do nothing`,
      values: [
        triggers.map(({ id }) => id),
        triggers.map(({ decision }) => decision.requester),
        triggers.map(({ decision }) => JSON.stringify(decision)),
        triggers.map(({ attestation }) => attestation),
        triggers.map(({ commitmentSalt }) => commitmentSalt),
        triggers.map(({ decision }) => new Date(decision.exp * 1000)),
      ],
    });
  }

  override async attestations(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.pool.query<Pick<Row, 'id' | 'attestation'>>({
      name: 'trigger-attestations',
      text: 'select id, attestation from app.trigger where id = any($1)',
      values: [ids],
    });
    return new Map(rows.map(({ id, attestation }) => [id, attestation]));
  }

  override async find(requester: string, ids: readonly string[]): Promise<readonly Trigger[]> {
    const { rows } = await this.pool.query<Row>({
      name: 'trigger-find',
      text: `${SELECT} where t.id = any($2) and t.requester = $1`,
      values: [requester, ids],
    });
    const byId = new Map(rows.map((row) => [row.id, toTrigger(row)]));
    return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
  }

  override async list(requester: string, limit: number, before: string | undefined): Promise<readonly Trigger[]> {
    const { rows } = await this.pool.query<Row>(
      `${SELECT} where t.requester = $1 and ($3::text is null or t.sequence < (select sequence from app.trigger where id = $3))
       order by t.sequence desc limit $2`,
      [requester, limit, before ?? null],
    );
    return rows.map(toTrigger);
  }
}

function toTrigger(row: Row): Trigger {
  const { id, decision, attestation, commitment_salt, state } = row;
  return { id, decision, attestation, commitmentSalt: commitment_salt, state };
}

import type { Pool, PoolClient } from 'pg';
import type { Reason } from '../platform/reasons.js';
import { inTransaction } from '../platform/transaction.js';
import {
  type ClaimedDeferral,
  type Deferral,
  type DeferralState,
  DeferralStore,
  type NewDeferral,
  NotBorneOutYet,
  type Sealed,
} from './deferral-store.js';

/** Jobs about a deferral, put in the transaction of the change that asks for them. */
export type DeferralJobs = Readonly<{
  lookAt(client: PoolClient, id: string, register: string, atMs: number): Promise<void>;
  tellOf(client: PoolClient, id: string, consumer: string): Promise<void>;
}>;

type Row = Readonly<{
  id: string;
  exchange_id: string;
  consumer: string;
  retrieval_id: string;
  register_id: string;
  evidence_type: string;
  subject_role: string;
  trigger_ids: string[];
  state: Deferral['state'];
  reason: Reason | null;
  is_withdrawn: boolean;
  attempt: string | null;
  attempts: number;
  retention_class: string;
  epoch: string;
  plan: string | null;
  answer_epoch: string | null;
  answer: string | null;
  available_at: Date;
  expires_at: Date;
}>;

/** Whom its jobs call. */
type Addressed = Pick<Row, 'id' | 'register_id' | 'consumer'>;

const COLUMNS = `d.id, d.exchange_id, d.consumer, d.retrieval_id, d.register_id, d.evidence_type, d.subject_role, d.trigger_ids, d.state, d.reason,
  d.is_withdrawn, d.attempt, d.attempts, d.retention_class, d.epoch, d.plan, d.answer_epoch, d.answer, d.available_at, d.expires_at`;
const BORNE_OUT = `exists (select from log.retrieval_state s join log.record r on r.index = s.closed_index
  where s.retrieval_id = d.retrieval_id and r.outcome = 'deferred')`;
const DUE = `(d.due_at <= now() or d.is_withdrawn or d.expires_at <= now())`;
const OPEN = `exists (select from log.retrieval_state s where s.retrieval_id = d.retrieval_id and s.closed_index is null)`;

export class PostgresDeferralStore extends DeferralStore {
  constructor(
    private readonly pool: Pool,
    private readonly jobs: DeferralJobs,
  ) {
    super();
  }

  override put(deferrals: readonly NewDeferral[]): Promise<void> {
    return inTransaction(this.pool, async (client) => {
      for (const it of deferrals) {
        const { retentionClass, month } = it.plan.epoch;
        await client.query(
          `insert into app.deferral (id, exchange_id, consumer, retrieval_id, register_id, evidence_type, subject_role, trigger_ids,
             retention_class, epoch, plan, available_at, due_at, expires_at, forget_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14::timestamptz + interval '7 days')`,
          [
            ...[
              it.id,
              it.exchangeId,
              it.consumer,
              it.retrieval,
              it.register,
              it.evidenceType,
              it.subjectRole,
              it.triggers,
            ],
            ...[retentionClass, month, it.plan.text],
            ...[it.availableAt, it.dueAt, it.expiresAt].map((ms) => new Date(ms)),
          ],
        );
        await this.jobs.lookAt(client, it.id, it.register, it.dueAt);
      }
    });
  }

  override async claim(id: string, attempt: string): Promise<ClaimedDeferral | undefined> {
    const { rows } = await this.pool.query<Row & { lost_attempts: string[] }>(
      `update app.deferral d set
         attempt = case when state = 'waiting' then $2 else attempt end,
         lost_attempts = case when state = 'waiting' and attempt is not null then lost_attempts || attempt else lost_attempts end,
         attempts = attempts + case when state = 'waiting' then 1 else 0 end
       where id = $1 and state <> 'ended' and ${DUE} and ${BORNE_OUT}
       returning ${COLUMNS}, d.lost_attempts`,
      [id, attempt],
    );
    const [row] = rows;
    if (row === undefined) await this.destroyUnborne(id);
    return row && { ...toDeferral(row), lost: row.lost_attempts };
  }

  override async closedAs(attempt: string): Promise<Readonly<{ reason?: Reason }> | undefined> {
    const { rows } = await this.pool.query<{ reason: Reason | null }>(
      `select r.reason from log.retrieval_state s join log.record r on r.index = s.closed_index where s.retrieval_id = $1`,
      [attempt],
    );
    const [row] = rows;
    return row && (row.reason === null ? {} : { reason: row.reason });
  }

  override wait(
    id: string,
    attempt: string,
    { availableAt, dueAt }: Readonly<{ availableAt: number; dueAt: number }>,
  ): Promise<boolean> {
    return inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<Addressed>(
        `update app.deferral set attempt = null, lost_attempts = '{}', available_at = $3, due_at = $4
         where id = $1 and attempt = $2 and state = 'waiting' returning id, register_id, consumer`,
        [id, attempt, new Date(availableAt), new Date(dueAt)],
      );
      for (const it of rows) await this.jobs.lookAt(client, it.id, it.register_id, dueAt);
      return rows.length === 1;
    });
  }

  override ready(id: string, attempt: string, answer: Sealed, until: number): Promise<boolean> {
    return inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<Addressed>(
        `update app.deferral set state = 'ready', lost_attempts = '{}', answer_epoch = $3, answer = $4, due_at = $5, expires_at = $5,
           forget_at = $5::timestamptz + interval '7 days'
         where id = $1 and attempt = $2 and state = 'waiting' and not is_withdrawn returning id, register_id, consumer`,
        [id, attempt, answer.epoch.month, answer.text, new Date(until)],
      );
      for (const it of rows) {
        await this.jobs.lookAt(client, it.id, it.register_id, until);
        await this.jobs.tellOf(client, it.id, it.consumer);
      }
      return rows.length === 1;
    });
  }

  override end(id: string, attempt: string, reason: Reason): Promise<boolean> {
    return inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<Addressed>(
        `update app.deferral set state = 'ended', reason = $3, plan = null, answer = null, attempt = null,
           forget_at = now() + interval '7 days'
         where id = $1 and attempt = $2 and state <> 'ended' returning id, register_id, consumer`,
        [id, attempt, reason],
      );
      for (const it of rows) await this.jobs.tellOf(client, it.id, it.consumer);
      return rows.length === 1;
    });
  }

  override async find(id: string): Promise<Deferral | undefined> {
    const { rows } = await this.pool.query<Row>(
      `select ${COLUMNS} from app.deferral d where d.id = $1 and ${BORNE_OUT}`,
      [id],
    );
    return rows[0] && toDeferral(rows[0]);
  }

  override async ofExchange(exchangeId: string, consumer: string): Promise<readonly Deferral[]> {
    const { rows } = await this.pool.query<Row>({
      name: 'deferrals-of-exchange',
      text: `select ${COLUMNS} from app.deferral d where d.exchange_id = $1 and d.consumer = $2 and ${BORNE_OUT}
        order by d.evidence_type, d.subject_role, d.id`,
      values: [exchangeId, consumer],
    });
    return rows.map(toDeferral);
  }

  override async statesOf(exchangeIds: readonly string[]): Promise<readonly DeferralState[]> {
    const { rows } = await this.pool.query<Pick<Row, 'exchange_id' | 'state' | 'is_withdrawn'>>({
      name: 'deferral-states',
      text: `select d.exchange_id, d.state, d.is_withdrawn from app.deferral d where d.exchange_id = any ($1) and ${BORNE_OUT}`,
      values: [exchangeIds],
    });
    return rows.map(({ exchange_id, state, is_withdrawn }) => ({
      exchangeId: exchange_id,
      state,
      isWithdrawn: is_withdrawn,
    }));
  }

  override async destroy(ids: readonly string[]): Promise<void> {
    await this.pool.query('delete from app.deferral where id = any ($1)', [ids]);
  }

  override destroyByTrigger(triggers: readonly string[]): Promise<void> {
    return inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<Addressed>(
        `update app.deferral set is_withdrawn = true, answer = null
         where trigger_ids && $1 and state <> 'ended' and not is_withdrawn returning id, register_id, consumer`,
        [triggers],
      );
      for (const it of rows) await this.jobs.lookAt(client, it.id, it.register_id, Date.now());
    });
  }

  override async destroyExpired(): Promise<void> {
    await this.pool.query('delete from app.deferral where forget_at <= now()');
  }

  /** One statement decides: what the log bears out in between is not destroyed. @throws NotBorneOutYet */
  private async destroyUnborne(id: string): Promise<void> {
    await this.pool.query(`delete from app.deferral d where d.id = $1 and not ${BORNE_OUT} and not ${OPEN}`, [id]);
    const { rowCount } = await this.pool.query(
      `select from app.deferral d where d.id = $1 and d.state <> 'ended' and ${DUE}`,
      [id],
    );
    if (rowCount !== 0) throw new NotBorneOutYet();
  }
}

function toDeferral(row: Row): Deferral {
  const { retention_class: retentionClass, epoch, plan, answer_epoch, answer, reason } = row;
  return {
    id: row.id,
    exchangeId: row.exchange_id,
    consumer: row.consumer,
    retrieval: row.retrieval_id,
    register: row.register_id,
    evidenceType: row.evidence_type,
    subjectRole: row.subject_role,
    triggers: row.trigger_ids,
    state: row.state,
    isWithdrawn: row.is_withdrawn,
    attempts: row.attempts,
    availableAt: row.available_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    ...(reason === null ? {} : { reason }),
    ...(row.attempt === null ? {} : { attempt: row.attempt }),
    ...(plan === null ? {} : { plan: { epoch: { retentionClass, month: epoch }, text: plan } }),
    ...(answer === null || answer_epoch === null
      ? {}
      : { answer: { epoch: { retentionClass, month: answer_epoch }, text: answer } }),
  };
}

import type { Pool } from 'pg';
import { type AttestedRelease, type DecidedRelease, HeldStore, type SealedExchange } from './held-store.js';

export class PostgresHeldStore extends HeldStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async put({ exchangeId, consumer, sealed, triggers, retrievals, expiresAt }: SealedExchange): Promise<void> {
    await this.pool.query(
      `insert into app.held_exchange (exchange_id, consumer, sealed, trigger_ids, retrieval_ids, expires_at)
       values ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0))`,
      [exchangeId, consumer, sealed, triggers, retrievals, expiresAt],
    );
  }

  override async find(exchangeId: string, consumer: string): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ sealed: string }>(
      `select sealed from app.held_exchange h
       where exchange_id = $1 and consumer = $2 and expires_at > now() and not exists (
         select from log.retrieval_state r where r.retrieval_id = any (h.retrieval_ids) and r.closed_index is not null)`,
      [exchangeId, consumer],
    );
    return rows[0]?.sealed;
  }

  override async consumerOf(exchangeId: string): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ consumer: string }>(
      'select consumer from app.held_exchange where exchange_id = $1 and expires_at > now()',
      [exchangeId],
    );
    return rows[0]?.consumer;
  }

  override async attest(exchangeId: string, release: DecidedRelease): Promise<boolean> {
    const { attestation, statements, sealed, triggers, retrievals, withheld } = release;
    const { rowCount } = await this.pool.query(
      `update app.held_exchange set attestation = $2, own_statements = $3, sealed = $4, trigger_ids = $5, retrieval_ids = $6,
         withheld_ids = $7
       where exchange_id = $1 and attestation is null and expires_at > now()`,
      [exchangeId, attestation, statements, sealed, triggers, retrievals, withheld],
    );
    return rowCount === 1;
  }

  override async unsettled(): Promise<readonly Pick<SealedExchange, 'exchangeId' | 'consumer' | 'sealed'>[]> {
    const { rows } = await this.pool.query<Pick<SealedExchange, 'exchangeId' | 'consumer' | 'sealed'>>(
      `select exchange_id as "exchangeId", consumer, sealed from app.held_exchange h
       where withheld_ids <> '{}' and exists (
         select from log.retrieval_state r where r.retrieval_id = any (h.withheld_ids) and r.closed_index is null)`,
    );
    return rows;
  }

  override async attested(exchangeId: string, consumer: string): Promise<AttestedRelease | undefined> {
    const { rows } = await this.pool.query<AttestedRelease>(
      `select attestation, own_statements as statements from app.held_exchange
       where exchange_id = $1 and consumer = $2 and expires_at > now() and attestation is not null`,
      [exchangeId, consumer],
    );
    return rows[0];
  }

  override async destroy(exchangeId: string): Promise<void> {
    await this.pool.query('delete from app.held_exchange where exchange_id = $1', [exchangeId]);
  }

  override async destroyExpired(): Promise<void> {
    await this.pool.query('delete from app.held_exchange where expires_at <= now()');
  }
}

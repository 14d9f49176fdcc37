import type { Pool } from 'pg';
import { type Earlier, RepeatStore } from '../../../src/exchange/repeat-store.js';

export class PostgresRepeatStore extends RepeatStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async begin(
    consumer: string,
    requestId: string,
    fingerprint: string,
    expiresAt: number,
    named: readonly string[],
  ): Promise<Earlier> {
    await this.pool.query('delete from app.answer where expires_at < now()');
    const { rowCount } = await this.pool.query(
      `insert into app.answer (consumer, request_id, fingerprint, expires_at)
       values ($1, $2, $3, to_timestamp($4 / 1000.0)) on conflict do nothing`,
      [consumer, requestId, fingerprint, expiresAt],
    );
    if (rowCount === 1) {
      await this.restsOn(consumer, requestId, named);
      return { kind: 'first' };
    }
    const { rows } = await this.pool.query<{ fingerprint: string; sealed: string | null; trigger_ids: string[] }>(
      'select fingerprint, sealed, trigger_ids from app.answer where consumer = $1 and request_id = $2',
      [consumer, requestId],
    );
    const [earlier] = rows;
    if (earlier === undefined) return { kind: 'in-progress' };
    if (earlier.fingerprint !== fingerprint) return { kind: 'other-content' };
    const { sealed, trigger_ids: triggers } = earlier;
    return sealed === null ? { kind: 'in-progress' } : { kind: 'answered', sealed, triggers };
  }

  override async restsOn(consumer: string, requestId: string, triggers: readonly string[]): Promise<void> {
    await this.pool.query('update app.answer set trigger_ids = $3 where consumer = $1 and request_id = $2', [
      consumer,
      requestId,
      triggers,
    ]);
  }

  override async answered(consumer: string, requestId: string, sealed: string): Promise<void> {
    await this.pool.query('update app.answer set sealed = $3 where consumer = $1 and request_id = $2', [
      consumer,
      requestId,
      sealed,
    ]);
  }

  override async forget(consumer: string, requestId: string): Promise<void> {
    await this.pool.query('delete from app.answer where consumer = $1 and request_id = $2', [consumer, requestId]);
  }

  override async destroyExpired(): Promise<void> {
    await this.pool.query('delete from app.answer where expires_at <= now()');
  }
}

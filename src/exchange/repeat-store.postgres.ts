import type { Pool } from 'pg';
import { type Earlier, RepeatStore } from './repeat-store.js';

/**
 * None of these waits for the disk. The entries do that the exchange writes after them, and what they have written holds
 * everything that was committed before. Of a database that ends badly the last answers are lost to repeats alone: a repeat finds
 * its decisions used.
 */
const LAZILY = "lazily as (select set_config('synchronous_commit', 'off', true))";

/** One whose time is over gives its place. */
const BEGIN = `
  with ${LAZILY}
  insert into app.answer as earlier (consumer, request_id, fingerprint, expires_at, trigger_ids)
  select $1, $2, $3, to_timestamp($4::double precision / 1000), $5::text[] from lazily
  on conflict (consumer, request_id) do update
    set fingerprint = excluded.fingerprint, expires_at = excluded.expires_at, sealed = null, trigger_ids = excluded.trigger_ids
    where earlier.expires_at < now()`;
const RESTS_ON = `
  with ${LAZILY}
  update app.answer set trigger_ids = $3 from lazily where consumer = $1 and request_id = $2`;
const ANSWERED = `
  with ${LAZILY}
  update app.answer set sealed = $3 from lazily where consumer = $1 and request_id = $2`;

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
    const values = [consumer, requestId, fingerprint, expiresAt, named];
    const { rowCount } = await this.pool.query({ name: 'answer-begin', text: BEGIN, values });
    if (rowCount === 1) return { kind: 'first' };
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
    const values = [consumer, requestId, triggers];
    await this.pool.query({ name: 'answer-rests-on', text: RESTS_ON, values });
  }

  override async answered(consumer: string, requestId: string, sealed: string): Promise<void> {
    const values = [consumer, requestId, sealed];
    await this.pool.query({ name: 'answer-answered', text: ANSWERED, values });
  }

  override async forget(consumer: string, requestId: string): Promise<void> {
    await this.pool.query('delete from app.answer where consumer = $1 and request_id = $2', [consumer, requestId]);
  }

  override async destroyExpired(): Promise<void> {
    await this.pool.query('delete from app.answer where expires_at <= now()');
  }
}

import type { Pool } from 'pg';
import type { Seal } from '../platform/secrets.js';
import type { DecisionRequest } from './decision-request.js';
import { DecisionStore, type StoredRequest } from './decision-store.js';

type Row = Readonly<{ id: string; consumer: string; sealed: string; trigger_ids: string[] | null }>;

const SELECT = 'select id, consumer, sealed, trigger_ids from app.decision_request';
/** An answered request can be asked about a while longer than its link works. */
const FORGOTTEN_AFTER = "interval '1 hour'";

export class PostgresDecisionStore extends DecisionStore {
  constructor(
    private readonly pool: Pool,
    private readonly seal: Seal,
  ) {
    super();
  }

  override async put(request: DecisionRequest, linkDigest: string, requestId: string): Promise<boolean> {
    const { id, consumer, expiresAt } = request;
    const sealed = this.seal.close(Buffer.from(JSON.stringify(request)), boundTo(id, consumer));
    const { rowCount } = await this.pool.query(
      `insert into app.decision_request (id, consumer, request_id, link, sealed, expires_at)
       values ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0)) on conflict do nothing`,
      [id, consumer, requestId, linkDigest, sealed, expiresAt],
    );
    return rowCount === 1;
  }

  override async byLink(linkDigest: string): Promise<StoredRequest | undefined> {
    return this.one(`${SELECT} where link = $1 and expires_at > now()`, [linkDigest]);
  }

  override async byRequest(requestId: string, consumer: string): Promise<StoredRequest | undefined> {
    return this.one(`${SELECT} where request_id = $1 and consumer = $2 and expires_at > now()`, [requestId, consumer]);
  }

  override async relink(id: string, linkDigest: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'update app.decision_request set link = $2 where id = $1 and trigger_ids is null and expires_at > now()',
      [id, linkDigest],
    );
    return rowCount === 1;
  }

  override async byId(id: string, consumer: string): Promise<StoredRequest | undefined> {
    const text = `${SELECT} where id = $1 and consumer = $2 and expires_at > now() - ${FORGOTTEN_AFTER}`;
    return this.one(text, [id, consumer]);
  }

  override async answer(id: string, triggerIds: readonly string[]): Promise<'first' | 'repeat' | undefined> {
    const { rows } = await this.pool.query<{ is_first: boolean }>(
      `update app.decision_request set trigger_ids = $2
       where id = $1 and (trigger_ids is null or trigger_ids = $2) and expires_at > now()
       returning old.trigger_ids is null as is_first`,
      [id, triggerIds],
    );
    return rows[0] && (rows[0].is_first ? 'first' : 'repeat');
  }

  override async reopen(id: string, triggerIds: readonly string[]): Promise<void> {
    const text = 'update app.decision_request set trigger_ids = null where id = $1 and trigger_ids = $2';
    await this.pool.query(text, [id, triggerIds]);
  }

  override async destroyExpired(): Promise<void> {
    await this.pool.query(`delete from app.decision_request where expires_at <= now() - ${FORGOTTEN_AFTER}`);
  }

  private async one(text: string, values: readonly string[]): Promise<StoredRequest | undefined> {
    const { rows } = await this.pool.query<Row>(text, [...values]);
    const [row] = rows;
    const bytes = row && this.seal.open(row.sealed, boundTo(row.id, row.consumer));
    // Authenticated by the seal: only this node's own writing comes out of it.
    return (
      row && bytes && { ...(JSON.parse(bytes.toString()) as DecisionRequest), triggerIds: row.trigger_ids ?? undefined }
    );
  }
}

function boundTo(id: string, consumer: string): string {
  return `decision-request/v1 ${consumer} ${id}`;
}

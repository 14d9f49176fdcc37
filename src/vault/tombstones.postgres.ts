import crypto from 'node:crypto';
import type { Pool } from 'pg';
import { type ErasureOrder, requireRecordIds, Tombstones } from './tombstones.js';

/** Rows in the vault's database, which nobody takes away again, and orders, which go when they are done. */
export class PostgresTombstones extends Tombstones {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async bury(recordIds: readonly string[]): Promise<void> {
    requireRecordIds(recordIds);
    await this.pool.query('select vault.bury($1)', [recordIds]);
  }

  override async buried(): Promise<string[]> {
    const { rows } = await this.pool.query<{ id: string }>(
      'select record_id::text as id from vault.tombstone order by record_id',
    );
    return rows.map(({ id }) => id);
  }

  override async order(recordIds: readonly string[], ground: string): Promise<ErasureOrder> {
    requireRecordIds(recordIds);
    const order = { id: crypto.randomUUIDv7(), recordIds, ground };
    await this.pool.query('select vault.order_erasure($1, $2, $3)', [order.id, recordIds, ground]);
    return order;
  }

  override async orders(): Promise<ErasureOrder[]> {
    const { rows } = await this.pool.query<ErasureOrder>(
      'select id::text, record_ids::text[] as "recordIds", ground from vault.erasure_order order by id',
    );
    return rows;
  }

  override async settle({ id }: ErasureOrder): Promise<void> {
    await this.pool.query('select vault.settle_erasure($1)', [id]);
  }
}

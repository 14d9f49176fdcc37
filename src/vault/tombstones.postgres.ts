import type { Pool } from 'pg';
import { requireRecordIds, Tombstones } from './tombstones.js';

/** Rows in the vault's database, which nobody takes away again. */
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
}

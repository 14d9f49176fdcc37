import type { Pool } from 'pg';
import { Eraser, ErasureRefused, type ErasureScope } from './eraser.js';

/** Logged in as the role of the purge, which can do nothing but this. */
export class PostgresEraser extends Eraser {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async erase(entry: number, { epoch, beforeMs, recordIds }: ErasureScope, count: number): Promise<void> {
    const before = beforeMs === undefined ? null : new Date(beforeMs).toISOString();
    try {
      await this.pool.query('select log.erase_records($1, $2, $3, $4, $5, $6)', [
        ...[entry, epoch.retentionClass, epoch.month, before, recordIds ?? null, count],
      ]);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EL005')
        throw new ErasureRefused('the log does not state this erasure', { cause: error });
      throw error;
    }
  }
}

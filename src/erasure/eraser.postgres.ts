import type { Pool } from 'pg';
import type { ProtectedPart } from '../audit/record.js';
import { canonicalBytes } from '../tokens/digest.js';
import { Eraser, ErasureRefused } from './eraser.js';

/** Logged in as the role of the purge, which can do nothing but this. */
export class PostgresEraser extends Eraser {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async erase(entry: number, { part, salt }: Readonly<{ part: ProtectedPart; salt: Buffer }>): Promise<void> {
    try {
      await this.pool.query('select log.erase_records($1, $2, $3)', [entry, canonicalBytes(part).toString(), salt]);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EL005')
        throw new ErasureRefused('the log does not state this erasure', { cause: error });
      throw error;
    }
  }

  override async forgetUnlogged(): Promise<void> {
    await this.pool.query('select app.forget_unlogged()');
  }
}

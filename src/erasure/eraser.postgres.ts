import type { Pool } from 'pg';
import type { ProtectedPart } from '../audit/record.js';
import { isSystemError } from '../platform/system-error.js';
import { canonicalBytes } from '../tokens/digest.js';
import { Eraser, ErasureBusy, ErasureRefused } from './eraser.js';

/** Of an advisory lock that no other program takes in this database; held by a session, so that a crash frees it. */
const LOCK = 0x65_69_6e_6d;
const WAIT_MS = 20_000;

/** Logged in as the role of the purge, which can do nothing but this. */
export class PostgresEraser extends Eraser {
  constructor(
    private readonly pool: Pool,
    private readonly waitMs = WAIT_MS,
  ) {
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

  override async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    // A session that is lost frees the lock; what is erased then fails by itself where another was faster.
    client.on('error', () => undefined);
    try {
      await client.query("select set_config('lock_timeout', $1, false)", [`${this.waitMs}ms`]);
      await client.query('select pg_advisory_lock($1)', [LOCK]);
      return await work();
    } catch (error) {
      throw isSystemError(error, '55P03') ? new ErasureBusy() : error;
    } finally {
      client.release(true);
    }
  }

  override async forgetUnlogged(): Promise<void> {
    await this.pool.query('select app.forget_unlogged()');
  }
}

import type { Pool } from 'pg';
import { VaultFault } from './key-vault.js';
import { type KnownLog, KnownLogs } from './known-logs.js';

/** One row for each log in the vault's database. */
export class PostgresKnownLogs extends KnownLogs {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async find(origin: string): Promise<KnownLog> {
    const { rows } = await this.pool.query<{ newest_at: Date | null; successor: string | null }>(
      'select newest_at, successor from vault.log where origin = $1',
      [origin],
    );
    const [row] = rows;
    return {
      ...(row?.newest_at != null && { newestAtMs: row.newest_at.getTime() }),
      ...(row?.successor != null && { successor: row.successor }),
    };
  }

  override async reached(origin: string, atMs: number): Promise<void> {
    await this.pool.query('select vault.reach_log($1, $2)', [origin, new Date(atMs).toISOString()]);
  }

  override async end(origin: string, successor: string): Promise<void> {
    const { rows } = await this.pool.query<{ end_log: string }>('select vault.end_log($1, $2)', [origin, successor]);
    if (rows[0]?.end_log !== successor) throw new VaultFault('the log has ended in favour of another');
  }
}

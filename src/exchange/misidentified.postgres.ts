import type { Pool } from 'pg';
import { Misidentified } from './misidentified.js';

/** Both in the words of the partial index `record_misidentified`, which makes them cheap. */
const NTH = `select log_time from log.record
  where event = 'exchange.closed' and reason = 'SUBJECT_NOT_AVAILABLE' and consumer = $1
    and log_time >= to_timestamp($2::float8 / 1000)
  order by log_time desc offset $3 limit 1`;
const SHOWN = `select 1 from log.record
  where event = 'anomaly' and consumer = $1 and reason = 'TOO_MANY_MISIDENTIFICATIONS'
    and log_time >= to_timestamp($2::float8 / 1000)
  limit 1`;

/** Reads the log with the rights of the node: there is no second count that could differ from it. */
export class PostgresMisidentified extends Misidentified {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async nth(consumer: string, n: number, sinceMs: number): Promise<number | undefined> {
    const values = [consumer, sinceMs, n - 1];
    const { rows } = await this.pool.query<{ log_time: Date }>({ name: 'misidentified', text: NTH, values });
    return rows[0]?.log_time.getTime();
  }

  override async isShown(consumer: string, sinceMs: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(SHOWN, [consumer, sinceMs]);
    return rowCount === 1;
  }
}

import type { Pool } from 'pg';
import type { PersonRef } from '../audit/record.js';
import { Misidentified } from './misidentified.js';

/** In the words of the partial index `record_misidentified`, which makes them cheap. */
const COUNTED = `event = 'exchange.closed' and reason in ('SUBJECT_NOT_AVAILABLE', 'CALLER_LEFT') and consumer = $1
    and outcome is distinct from 'partly_released' and log_time >= to_timestamp($2::float8 / 1000)`;
const NTH = `select log_time from log.record r
  where ${COUNTED}
    and (reason = 'SUBJECT_NOT_AVAILABLE' or exists (
      select from log.record o where o.exchange_ref = r.exchange_ref and o.event = 'identity.opened'))
  order by log_time desc offset $3 limit 1`;
/** A lookup names its decider where it is opened. */
const NTH_OF = `select log_time from log.record r
  where ${COUNTED}
    and exists (
      select from log.record o join log.subject_index s on s.index = o.index
       where o.exchange_ref = r.exchange_ref and o.event = 'identity.opened' and s.capacity = 'decider' and s.key = any($4))
  order by log_time desc offset $3 limit 1`;
const SHOWN = `select 1 from log.record
  where event = 'anomaly' and consumer = $1 and reason = 'TOO_MANY_MISIDENTIFICATIONS'
    and log_time >= to_timestamp($2::float8 / 1000)
  limit 1`;

/** Reads the log with the rights of the node: there is no second count that could differ from it. */
export class PostgresMisidentified extends Misidentified {
  constructor(
    private readonly pool: Pool,
    /** Under which the index of persons may name somebody. */
    private readonly keysOf: (person: PersonRef) => Promise<readonly Buffer[]>,
  ) {
    super();
  }

  override async nth(consumer: string, n: number, sinceMs: number, decider?: string): Promise<number | undefined> {
    const values = [consumer, sinceMs, n - 1];
    const query =
      decider === undefined
        ? { name: 'misidentified', text: NTH, values }
        : { name: 'misidentified_of', text: NTH_OF, values: [...values, await this.#keys(consumer, decider)] };
    const { rows } = await this.pool.query<{ log_time: Date }>(query);
    return rows[0]?.log_time.getTime();
  }

  #keys(issuer: string, value: string): Promise<readonly Buffer[]> {
    return this.keysOf({ kind: 'pseudonym', issuer, value });
  }

  override async isShown(consumer: string, sinceMs: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(SHOWN, [consumer, sinceMs]);
    return rowCount === 1;
  }
}

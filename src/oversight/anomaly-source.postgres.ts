import type { Pool } from 'pg';
import { COUNTED_AND_NOT_YET } from './activity.postgres.js';
import type { ConsumerHour } from './anomaly.js';
import { AnomalySource, type AskedByMany } from './anomaly-source.js';

const MOST_PERSONS = 100;
/**
 * As the overview counts refusals, without what only failed: that is nobody's refusal. Lookups and retrievals that found nobody have a
 * limit and an anomaly of their own.
 */
const IS_REFUSAL = `event = 'refused'
  or event like '%.closed' and outcome = 'refused' and reason not in ('', 'SUBJECT_NOT_AVAILABLE')`;

export class PostgresAnomalySource extends AnomalySource {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async consumerHours(fromMs: number, toMs: number): Promise<readonly ConsumerHour[]> {
    const { rows } = await this.pool.query<{
      hour: Date;
      consumer: string;
      retrievals: string;
      refusals: string;
      unused: string;
    }>(
      `select hour, consumer,
         coalesce(sum(entries) filter (where event = 'retrieval.closed'), 0) as retrievals,
         coalesce(sum(entries) filter (where ${IS_REFUSAL}), 0) as refusals,
         coalesce(sum(entries) filter (where event = 'retrieval.closed' and outcome in ('unknown', 'withheld_by_applicant')), 0)
           as unused
       from (${COUNTED_AND_NOT_YET}) as of_hour
       group by hour, consumer`,
      [fromMs, toMs],
    );
    return rows.map((row) => ({
      consumer: row.consumer,
      atMs: row.hour.getTime(),
      retrievals: Number(row.retrievals),
      refusals: Number(row.refusals),
      unused: Number(row.unused),
    }));
  }

  override async seenSince(consumers: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.pool.query<{ consumer: string; since: Date }>(
      // By the index of consumers, a step for each.
      `select asked.consumer, oldest.log_time as since from unnest($1::text[]) as asked (consumer)
       cross join lateral (
         select r.log_time from log.record r where r.consumer = asked.consumer order by r.index limit 1
       ) oldest`,
      [consumers],
    );
    return new Map(rows.map(({ consumer, since }) => [consumer, since.getTime()]));
  }

  override async askedByMany(sinceMs: number, consumers: number): Promise<readonly AskedByMany[]> {
    const { rows } = await this.pool.query<{ key: string; consumers: string; entry: string }>(
      `select encode(sha256(s.key), 'hex') as key, count(distinct r.consumer) as consumers, max(r.index) as entry
       from log.record r join log.subject_index s on s.index = r.index and s.capacity = 'subject'
       where r.index >= coalesce((select max(last_index) from app.activity where hour < date_trunc('hour', to_timestamp($1 / 1000.0), 'UTC')), 0)
         and r.log_time >= to_timestamp($1 / 1000.0) and r.event = 'retrieval.opened'
       group by s.key having count(distinct r.consumer) >= $2
       order by count(distinct r.consumer) desc limit ${MOST_PERSONS}`,
      [sinceMs, consumers],
    );
    return rows.map(({ key, ...row }) => ({ key, consumers: Number(row.consumers), entry: Number(row.entry) }));
  }
}

import type { Pool } from 'pg';
import { RateStore, type RateWindow } from './rate-store.js';

/**
 * All requests of one consumer meet in this row. Its lock is not held until the disk has it: what a database that ends
 * badly forgets are counts of the last moment, and nothing that was answered.
 */
const COUNT = `
  with lazily as (select set_config('synchronous_commit', 'off', true))
  insert into edge.rate as counted (consumer, starts_at, ends_at, used)
  select $1, to_timestamp($2::double precision / 1000), to_timestamp($3::double precision / 1000), 1 from lazily
  on conflict (consumer, starts_at, ends_at) do update set used = counted.used + 1 where counted.used < $4`;

export class PostgresRateStore extends RateStore {
  /** Logged in as the edge's role. The owner listens to its `error` event. */
  constructor(private readonly pool: Pool) {
    super();
  }

  override async count(consumer: string, { startsAt, endsAt }: RateWindow, max: number): Promise<boolean> {
    const { rowCount } = await this.pool.query({
      name: 'edge-count',
      text: COUNT,
      values: [consumer, startsAt, endsAt, max],
    });
    return rowCount === 1;
  }
}

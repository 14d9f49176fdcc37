import type { Pool } from 'pg';
import type { EventType } from '../audit/record.js';
import { ActPosition, type Unfollowed } from './act-position.js';
import { BLOCK } from './activity.postgres.js';

/** Stretches that hold some, by what is counted; what is not counted yet is looked through. */
const NEXT = `
  select distinct r.index
  from (
    select min(first_index) as low, max(last_index) as high from app.activity
    where block >= $1::bigint / ${BLOCK} and event = any ($3::text[]) group by block
    union all select next_index, $2::bigint - 1 from app.activity_head
  ) as range
  cross join lateral (
    select index from log.record
    where index between greatest(range.low, $1) and least(range.high, $2::bigint - 1) and event = any ($3::text[])
    order by index limit $4
  ) r
  order by r.index limit $4`;

export class PostgresActPosition extends ActPosition {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async next(events: readonly EventType[], limit: number): Promise<Unfollowed> {
    const { rows } = await this.pool.query<{ next_index: string; size: string }>(
      'select a.next_index, h.size from app.act_head a cross join log.head h',
    );
    const [from, size] = [Number(rows[0]?.next_index ?? 0), Number(rows[0]?.size ?? 0)];
    if (size <= from) return { indices: [], end: from };
    const found = await this.pool.query<{ index: string }>(NEXT, [from, size, events, limit]);
    const indices = found.rows.map(({ index }) => Number(index));
    return { indices, end: indices.length < limit ? size : (indices.at(-1) ?? from) + 1 };
  }

  override async moveTo(end: number): Promise<void> {
    await this.pool.query('update app.act_head set next_index = $1 where next_index < $1', [end]);
  }
}

import type { Pool } from 'pg';
import type { RateUse } from '../permission/rate-use.js';
import { PersonCounts } from './person-counts.js';

/** Milliseconds to times, in the order given. */
const times = (parameter: string) =>
  `array(select to_timestamp(ms / 1000.0) from unnest(${parameter}::float8[]) with ordinality as it (ms, place) order by place)`;

const TAKE = `select edge.take_person($1, $2, $3::text[], ${times('$4')}, ${times('$5')}, $6::float8[]) as places`;

export class PostgresPersonCounts extends PersonCounts {
  /** Logged in as the edge's role. The owner listens to its `error` event. */
  constructor(private readonly pool: Pool) {
    super();
  }

  override async take(person: string, uses: readonly RateUse[]): Promise<readonly RateUse[]> {
    const [first] = uses;
    if (first === undefined) return [];
    const values = [
      first.consumer,
      person,
      uses.map(({ rule }) => rule),
      uses.map(({ startsAt }) => startsAt),
      uses.map(({ endsAt }) => endsAt),
      uses.map(({ max }) => max),
    ];
    const { rows } = await this.pool.query<{ places: readonly number[] }>({
      name: 'edge-take-person',
      text: TAKE,
      values,
    });
    const places = rows[0]?.places;
    if (places === undefined) throw new Error('nothing was counted');
    return uses.filter((_, index) => places.includes(index + 1));
  }
}

import type { Pool } from 'pg';
import type { RateUse } from '../permission/rate-use.js';
import { PersonLimits } from './person-limits.js';

const TAKE = `select app.take_person($1, $2, $3::text[], $4::text[],
  array(select to_timestamp(ms / 1000.0) from unnest($5::float8[]) with ordinality as it (ms, place) order by place),
  $6::bigint[]) as places`;

/** Who was asked about goes with the count. */
const FORGET = `delete from app.person_count
  where starts_at + ('1 ' || period)::interval < now() - interval '1 hour'`;

/** `app.take_person` raises it; its detail lists which of the uses are used up, counted from 1. */
const USED_UP = 'EU001';

export class PostgresPersonLimits extends PersonLimits {
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
      uses.map(({ per }) => per),
      uses.map(({ startsAt }) => startsAt),
      uses.map(({ max }) => max),
    ];
    try {
      await this.pool.query({ name: 'take-person', text: TAKE, values });
      return [];
    } catch (error) {
      const places = usedUpPlaces(error);
      if (places === undefined) throw error;
      return uses.filter((_, index) => places.includes(index + 1));
    }
  }

  override async destroyExpired(): Promise<void> {
    await this.pool.query(FORGET);
  }
}

function usedUpPlaces(error: unknown): readonly number[] | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== USED_UP) return undefined;
  return 'detail' in error && typeof error.detail === 'string' ? error.detail.split(',').map(Number) : [];
}

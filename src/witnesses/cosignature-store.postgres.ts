import type { Pool } from 'pg';
import { CosignatureStore, type Cosigned, type FailedAttempt, type Standing } from './cosignature-store.js';

type StandingRow = Readonly<{
  witness: string;
  cosigned_size: string;
  cosigned_at: Date | null;
  answered_at: Date | null;
  last: Standing['last'];
}>;

const TAKE_ROUND = `
  insert into app.witness_round as r (origin, next_at)
  values ($1, clock_timestamp() + $2::float8 * interval '1 millisecond')
  on conflict (origin) do update set next_at = excluded.next_at where r.next_at <= clock_timestamp()`;

const KEEP = `
  with kept as (
    insert into app.cosignature as c (origin, size, witness, note, lines) values ($1, $2, $3, $4, $5)
    on conflict (origin, size, witness) do update set note = excluded.note, lines = excluded.lines
  )
  insert into app.witness_standing as s (origin, witness, cosigned_size, cosigned_at, answered_at, last)
  values ($1, $3, $2, clock_timestamp(), clock_timestamp(), 'cosigned')
  on conflict (origin, witness) do update set
    cosigned_size = greatest(s.cosigned_size, excluded.cosigned_size),
    cosigned_at = excluded.cosigned_at, answered_at = excluded.answered_at, last = excluded.last`;

const NOTE_FAILURE = `
  insert into app.witness_standing as s (origin, witness, answered_at, last)
  values ($1, $2, case when $3 <> 'unreachable' then clock_timestamp() end, $3)
  on conflict (origin, witness) do update set
    answered_at = coalesce(excluded.answered_at, s.answered_at), last = excluded.last`;

const FORGET_BELOW = `
  delete from app.cosignature where origin = $1 and (size < $2 or size not in (
    select size from app.cosignature where origin = $1 and size > $2 group by size order by size desc limit 64
  ) and size > $2)`;

export class PostgresCosignatureStore extends CosignatureStore {
  /** Logged in as the node's role. The owner listens to its `error` event. */
  constructor(
    private readonly pool: Pool,
    private readonly origin: string,
  ) {
    super();
  }

  override async takeRound(intervalMs: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(TAKE_ROUND, [this.origin, intervalMs]);
    return rowCount === 1;
  }

  override async keep({ witness, size, note, lines }: Cosigned): Promise<void> {
    await this.pool.query(KEEP, [this.origin, size, witness, note, lines]);
  }

  override async noteFailure(witness: string, how: FailedAttempt): Promise<void> {
    await this.pool.query(NOTE_FAILURE, [this.origin, witness, how]);
  }

  override async standings(): Promise<ReadonlyMap<string, Standing>> {
    const { rows } = await this.pool.query<StandingRow>(
      'select witness, cosigned_size, cosigned_at, answered_at, last from app.witness_standing where origin = $1',
      [this.origin],
    );
    return new Map(
      rows.map(({ witness, cosigned_size, cosigned_at, answered_at, last }) => [
        witness,
        {
          cosignedSize: Number(cosigned_size),
          cosignedAtMs: cosigned_at?.getTime(),
          answeredAtMs: answered_at?.getTime(),
          last,
        },
      ]),
    );
  }

  override async now(): Promise<number> {
    const { rows } = await this.pool.query<{ now: Date }>('select clock_timestamp() as now');
    return rows[0]?.now.getTime() ?? 0;
  }

  override async cosigned(): Promise<readonly Cosigned[]> {
    const { rows } = await this.pool.query<Omit<Cosigned, 'size'> & { size: string }>({
      name: 'cosigned',
      text: 'select witness, size, note, lines from app.cosignature where origin = $1 order by size desc, witness',
      values: [this.origin],
    });
    return rows.map((row) => ({ ...row, size: Number(row.size) }));
  }

  override async forgetBelow(size: number): Promise<void> {
    await this.pool.query(FORGET_BELOW, [this.origin, size]);
  }
}

import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../platform/transaction.js';
import {
  Activity,
  type Count,
  type EntryQuery,
  type Period,
  type Step,
  type StepLength,
  type Use,
} from './activity.js';

/** Entries of one stretch: what is rare is found at once, what is frequent within one or two. */
export const BLOCK = 8192;
/** Stretches looked at together. */
const BLOCKS_AT_ONCE = 64;

/** Where a member of the query stands in both tables: counted stretches and records. */
type Condition = Readonly<{ counted: string; record: string }>;
const equal = (column: string): Condition => ({ counted: `a.${column} = ?`, record: `r.${column} = ?` });
const CONDITIONS: Readonly<Record<Exclude<keyof EntryQuery, 'exchange_ref'>, Condition>> = {
  fromMs: {
    counted: `a.hour >= date_trunc('hour', to_timestamp(? / 1000.0), 'UTC')`,
    record: 'r.log_time >= to_timestamp(? / 1000.0)',
  },
  toMs: { counted: 'a.hour < to_timestamp(? / 1000.0)', record: 'r.log_time < to_timestamp(? / 1000.0)' },
  consumer: equal('consumer'),
  register: equal('register'),
  purpose: equal('purpose'),
  legal_basis: equal('legal_basis'),
  outcome: equal('outcome'),
  reason: equal('reason'),
  events: { counted: 'a.event = any (?::text[])', record: 'r.event = any (?::text[])' },
};
const MEMBERS = Object.keys(CONDITIONS) as (keyof typeof CONDITIONS)[];

const COUNTED_COLUMNS = 'event, consumer, register, outcome, reason';
const OF_RECORD = `event, consumer, coalesce(register, '') as register, coalesce(outcome, '') as outcome, coalesce(reason, '') as reason`;
const HOUR = `date_trunc('hour', log_time, 'UTC')`;

/** What is counted already, and what is not yet: one statement, so that nothing is missed or counted twice. From `$1` to `$2`, ms. */
export const COUNTED_AND_NOT_YET = `
  select hour, ${COUNTED_COLUMNS}, entries from app.activity_hour
  where hour >= to_timestamp($1 / 1000.0) and hour < to_timestamp($2 / 1000.0)
  union all
  select ${HOUR} as hour, ${OF_RECORD}, 1 from log.record
  where index >= (select next_index from app.activity_head)
    and log_time >= to_timestamp($1 / 1000.0) and log_time < to_timestamp($2 / 1000.0)`;

type Range = Readonly<{ block: string; entries: string; first_index: string; last_index: string }>;

export class PostgresActivity extends Activity {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async rollUp(): Promise<boolean> {
    return inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{ next_index: string }>(
        'select next_index from app.activity_head for update skip locked',
      );
      if (rows[0] === undefined) return false;
      const first = Number(rows[0].next_index);
      const end = await nextEnd(client, first);
      if (end <= first) {
        await forgetErased(client);
        return false;
      }
      await count(client, first, end);
      return true;
    });
  }

  override async counts({ fromMs, toMs }: Period): Promise<Count[]> {
    const { rows } = await this.pool.query<Omit<Count, 'entries'> & { entries: string }>({
      name: 'activity_counts',
      text: `select ${COUNTED_COLUMNS}, sum(entries) as entries from (${COUNTED_AND_NOT_YET}) counted group by ${COUNTED_COLUMNS}`,
      values: [fromMs, toMs],
    });
    return rows.map((row) => ({ ...row, entries: Number(row.entries) }));
  }

  override async steps({ fromMs, toMs }: Period, step: StepLength): Promise<Step[]> {
    const { rows } = await this.pool.query<{ at: Date; consumer: string | null; register: string | null; n: string }>({
      name: 'activity_steps',
      text: `select at, consumer, register, sum(entries) as n
        from (select date_trunc($3, hour, 'UTC') as at, consumer, register, entries from (${COUNTED_AND_NOT_YET}) counted
              where event = 'retrieval.closed') as ended
        group by grouping sets ((at, consumer), (at, register)) order by at`,
      values: [fromMs, toMs, step],
    });
    return rows.map(({ at, consumer, register, n }) => ({
      atMs: at.getTime(),
      ...(consumer === null ? {} : { consumer }),
      ...(register === null ? {} : { register }),
      entries: Number(n),
    }));
  }

  override async uses(fromMs: number): Promise<Use[]> {
    const { rows } = await this.pool.query<
      Record<'retrievals' | 'lookups' | 'consumer' | 'purpose', string> & Record<'first' | 'last', Date>
    >(
      `select consumer, purpose, min(hour) as first, max(hour) as last,
         coalesce(sum(entries) filter (where event = 'retrieval.closed' and hour >= to_timestamp($1 / 1000.0)), 0) as retrievals,
         coalesce(sum(entries) filter (where event = 'identity.closed' and hour >= to_timestamp($1 / 1000.0)), 0) as lookups
       from (
         select hour, event, consumer, purpose, entries from app.activity
         union all
         select ${HOUR}, event, consumer, coalesce(purpose, ''), 1 from log.record
         where index >= (select next_index from app.activity_head)
       ) used
       where event in ('retrieval.closed', 'identity.closed') and purpose <> ''
       group by consumer, purpose order by consumer, purpose`,
      [fromMs],
    );
    return rows.map(({ consumer, purpose, retrievals, lookups, first, last }) => ({
      ...{ consumer, purpose, retrievals: Number(retrievals), lookups: Number(lookups) },
      ...{ firstMs: first.getTime(), lastMs: last.getTime() },
    }));
  }

  override async matching(query: EntryQuery, before: number, limit: number): Promise<number[]> {
    const given = MEMBERS.filter((member) => query[member] !== undefined);
    const values = given.map((member) => query[member]);
    const where = (of: keyof Condition, from: number) =>
      given.map((member, i) => ` and ${CONDITIONS[member][of].replaceAll('?', `$${i + from}`)}`).join('');
    if (query.exchange_ref !== undefined) {
      const text = `select r.index from log.record r where r.exchange_ref = $1 and r.index < $2${where('record', 4)}
        order by r.index desc limit $3`;
      return indices(await this.pool.query(text, [query.exchange_ref, before, limit, ...values]));
    }
    if (given.length === 0) {
      const text = 'select r.index from log.record r where r.index < $1 order by r.index desc limit $2';
      return indices(await this.pool.query(text, [before, limit]));
    }
    const { rows } = await this.pool.query<{ next_index: string }>('select next_index from app.activity_head');
    const counted = Number(rows[0]?.next_index ?? 0);
    const found = indices(
      await this.pool.query(
        `select r.index from log.record r where r.index >= $1 and r.index < $2${where('record', 4)}
         order by r.index desc limit $3`,
        [counted, before, limit, ...values],
      ),
    );
    for (let end = Math.min(before, counted); found.length < limit && end > 0; ) {
      const wanted = limit - found.length;
      const blocks = await this.pool.query<Range>(
        `select a.block, sum(a.entries) as entries, min(a.first_index) as first_index, max(a.last_index) as last_index
         from app.activity a where a.block <= ($1::bigint - 1) / ${BLOCK} and a.first_index < $1${where('counted', 2)}
         group by a.block order by a.block desc limit ${BLOCKS_AT_ONCE}`,
        [end, ...values],
      );
      const ranges = enough(blocks.rows, wanted);
      const last = ranges.at(-1);
      if (last === undefined) break;
      found.push(
        ...indices(
          await this.pool.query(
            `select m.index from unnest($1::bigint[], $2::bigint[]) as range (low, high)
             cross join lateral (
               select r.index from log.record r
               where r.index between range.low and range.high and r.index < $3${where('record', 5)}
               order by r.index desc limit $4
             ) m order by m.index desc limit $4`,
            [ranges.map((it) => it.first_index), ranges.map((it) => it.last_index), end, wanted, ...values],
          ),
        ),
      );
      end = Number(last.block) * BLOCK;
    }
    return found;
  }

  override async firstIndexAt(ms: number): Promise<number> {
    const { rows } = await this.pool.query<{ index: string }>(
      // An hour's first counted entry bounds the search from both sides: times never fall.
      `select coalesce(
         (select r.index from log.record r
          where r.index >= coalesce((select max(last_index) from app.activity where hour < date_trunc('hour', to_timestamp($1 / 1000.0), 'UTC')), 0)
            and r.log_time >= to_timestamp($1 / 1000.0) order by r.index limit 1),
         (select size from log.head)) as index`,
      [ms],
    );
    return Number(rows[0]?.index ?? 0);
  }
}

/** A full stretch, or what an hour that is over has left of one. */
async function nextEnd(client: PoolClient, first: number): Promise<number> {
  const { rows } = await client.query<{ size: string; of_this_hour: string | null }>(
    `select h.size, (
       select r.index from log.record r
       where r.index >= $1 and r.index < $1 + ${BLOCK} and r.log_time >= date_trunc('hour', clock_timestamp(), 'UTC')
       order by r.index limit 1
     ) as of_this_hour from log.head h`,
    [first],
  );
  const size = Number(rows[0]?.size ?? 0);
  const full = (Math.floor(first / BLOCK) + 1) * BLOCK;
  if (size >= full) return full;
  return rows[0]?.of_this_hour == null ? size : Number(rows[0].of_this_hour);
}

async function count(client: PoolClient, first: number, end: number): Promise<void> {
  await client.query(
    `insert into app.activity (block, hour, event, consumer, register, outcome, reason, purpose, legal_basis,
       entries, first_index, last_index)
     select $1::bigint / ${BLOCK}, ${HOUR}, ${OF_RECORD}, coalesce(purpose, ''), coalesce(legal_basis, ''),
       count(*), min(index), max(index)
     from log.record where index >= $1 and index < $2 group by 2, 3, 4, 5, 6, 7, 8, 9`,
    [first, end],
  );
  await client.query(
    `insert into app.activity_hour as h (hour, ${COUNTED_COLUMNS}, entries)
     select ${HOUR}, ${OF_RECORD}, count(*) from log.record where index >= $1 and index < $2 group by 1, 2, 3, 4, 5, 6
     on conflict (hour, ${COUNTED_COLUMNS}) do update set entries = h.entries + excluded.entries`,
    [first, end],
  );
  await client.query('update app.activity_head set next_index = $1', [end]);
}

/** Counts go with the records that they count (IDNrG § 9 Abs. 3). */
async function forgetErased(client: PoolClient): Promise<void> {
  await client.query(
    `with oldest as (select index, log_time from log.record order by index limit 1),
       gone as (delete from app.activity a using oldest where a.block < oldest.index / ${BLOCK})
     delete from app.activity_hour h using oldest where h.hour < date_trunc('hour', oldest.log_time, 'UTC')`,
  );
}

/** The newest stretches that may hold enough: of the first one, part may come after where the list goes on. */
function enough(ranges: readonly Range[], wanted: number): readonly Range[] {
  let held = 0;
  const needed = ranges.findIndex(({ entries }, i) => {
    if (i > 0) held += Number(entries);
    return held >= wanted;
  });
  return needed === -1 ? ranges : ranges.slice(0, needed + 1);
}

function indices({ rows }: Readonly<{ rows: readonly { index: string }[] }>): number[] {
  return rows.map(({ index }) => Number(index));
}

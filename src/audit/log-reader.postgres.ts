import type { Pool } from 'pg';
import { type Epoch, requireEpoch } from '../vault/key-vault.js';
import { firstIndexAt } from './first-index.js';
import {
  type EntryFilter,
  type ErasureScope,
  type LeafAt,
  LogReader,
  type Orphan,
  type RecordAbout,
  type StoredRecord,
} from './log-reader.js';
import { CALLER_DETAILS, type CallerPart, callerPart, KEPT_FROM_CALLERS } from './record.js';

export type RecordRow = { [Detail in (typeof CALLER_DETAILS)[number]]: CallerPart[Detail] | null } & {
  index: string;
  leaf: Buffer;
  event: CallerPart['event'];
  log_time: Date;
  consumer: string;
  caller_salt: Buffer;
  protected_hash: Buffer;
  record_id: string;
  retention_class: string;
  epoch: string;
  wrapped_key: Buffer;
  ciphertext: Buffer;
};

/** All of the record is null where there is none. */
type Orphaned = Readonly<{ retrieval_id: string; index: string | null }> & Omit<RecordRow, 'index'>;
type EpochRow = { retention_class: string; epoch: string };

/** Columns of a record `r` and its entry `e`. */
export const COLUMNS = [
  ...['r.index', 'e.leaf', 'r.event', 'r.log_time', 'r.consumer', ...CALLER_DETAILS.map((name) => `r.${name}`)],
  ...['r.caller_salt', 'r.protected_hash', 'r.record_id', 'r.retention_class', 'r.epoch', 'r.wrapped_key'],
  'r.ciphertext',
].join(', ');

export const FROM = 'from log.record r join log.entry e on e.index = r.index';
/** Conditions by member of the filter; each names its parameter as `?`. */
const CONDITIONS: Readonly<Record<keyof EntryFilter, string>> = {
  // As bounds of the index: what lies outside is not read.
  fromMs: `r.index >= ${firstIndexAt('?')}`,
  toMs: `r.index < ${firstIndexAt('?')}`,
  consumer: `r.consumer = ? and r.event not in ('${KEPT_FROM_CALLERS.join("', '")}')`,
  register: 'r.register = ?',
  purpose: 'r.purpose = ?',
  legal_basis: 'r.legal_basis = ?',
  outcome: 'r.outcome = ?',
  reason: 'r.reason = ?',
  exchange_ref: 'r.exchange_ref = ?',
};
const FILTERS = Object.keys(CONDITIONS) as (keyof EntryFilter)[];

/** Up to two references to a person over the epochs that are kept; a connection keeps each text that has a name for good. */
const NAMED_KEYS = 60;

/** Reads with the rights of the node. */
export class PostgresLogReader extends LogReader {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async orphans(limit: number): Promise<Orphan[]> {
    const { rows } = await this.pool.query<Orphaned>({
      name: 'orphans',
      text: `select s.retrieval_id, ${COLUMNS} from log.retrieval_state s
        left join log.record r on r.index = s.opened_index left join log.entry e on e.index = r.index
        where s.closed_index is null and s.expires_at < clock_timestamp() order by s.expires_at limit $1`,
      values: [limit],
    });
    return rows.map((row) => ({ retrieval: row.retrieval_id, opened: legible(row) }));
  }

  override async stillOpen(indices: readonly number[]): Promise<number[]> {
    const { rows } = await this.pool.query<{ index: string }>(
      'select opened_index as index from log.retrieval_state where closed_index is null and opened_index = any ($1)',
      [indices],
    );
    return rows.map((row) => Number(row.index));
  }

  override async now(): Promise<number> {
    const { rows } = await this.pool.query<{ now: Date }>('select clock_timestamp() as now');
    return rows[0]?.now.getTime() ?? 0;
  }

  override async newest(): Promise<number | undefined> {
    const { rows } = await this.pool.query<{ log_time: Date }>('select log_time from log.head where size > 0');
    return rows[0]?.log_time.getTime();
  }

  override async leaves(first: number, count: number): Promise<Buffer[]> {
    const { rows } = await this.pool.query<{ leaf: Buffer }>({
      name: 'leaves',
      text: 'select leaf from log.entry where index >= $1 and index < $2 order by index',
      values: [first, first + count],
    });
    return rows.map((row) => row.leaf);
  }

  override async list(filter: EntryFilter, before: number, limit: number): Promise<StoredRecord[]> {
    const given = FILTERS.filter((name) => filter[name] !== undefined);
    // Only conditions that are asked for: the plan for "absent or equal" would use no index.
    const conditions = given.map((name, i) => ` and ${CONDITIONS[name].replace('?', `$${i + 3}`)}`);
    const { rows } = await this.pool.query<RecordRow>(
      // The page first: joined before, entries would be read from the end of the log down to it.
      `select ${COLUMNS} from (
         select * from log.record r where r.index < $1${conditions.join('')} order by r.index desc limit $2
       ) r join log.entry e on e.index = r.index order by r.index desc`,
      [before, limit, ...given.map((name) => filter[name])],
    );
    return rows.map(stored);
  }

  override async about(keys: readonly Buffer[], before: number, limit: number): Promise<RecordAbout[]> {
    if (keys.length === 0) return [];
    const { rows } = await this.pool.query<RecordRow & { as_subject: boolean; as_decider: boolean }>({
      ...(keys.length <= NAMED_KEYS && { name: `about_${keys.length}` }),
      text: aboutQuery(keys.length),
      values: [before, limit, ...keys],
    });
    return rows.map(({ as_subject, as_decider, ...row }) => ({
      record: stored(row),
      capacities: [...(as_subject ? (['subject'] as const) : []), ...(as_decider ? (['decider'] as const) : [])],
    }));
  }

  override async shared(keys: readonly Buffer[], unless: readonly Buffer[]): Promise<Buffer[]> {
    if (keys.length === 0) return [];
    const { rows } = await this.pool.query<{ key: Buffer }>({ name: 'shared', text: SHARED, values: [keys, unless] });
    return rows.map(({ key }) => key);
  }

  override async reachesBackTo(): Promise<number | undefined> {
    const { rows } = await this.pool.query<{ log_time: Date }>({
      name: 'reaches_back_to',
      text: "select log_time from log.record where retention_class = 'standard' order by index limit 1",
    });
    return rows[0]?.log_time.getTime();
  }

  override async record(index: number): Promise<StoredRecord | undefined> {
    const { rows } = await this.pool.query<RecordRow>({
      name: 'record',
      text: `select ${COLUMNS} ${FROM} where r.index = $1`,
      values: [index],
    });
    const [row] = rows;
    return row && stored(row);
  }

  override async records(indices: readonly number[]): Promise<StoredRecord[]> {
    if (indices.length === 0) return [];
    const { rows } = await this.pool.query<RecordRow>({
      name: 'records',
      text: `select ${COLUMNS} ${FROM} where r.index = any ($1) order by r.index desc`,
      values: [indices],
    });
    return rows.map(stored);
  }

  override async epochs(): Promise<Epoch[]> {
    const { rows } = await this.pool.query<EpochRow>(
      'select retention_class, epoch from log.record group by retention_class, epoch order by epoch, retention_class',
    );
    return rows.map(epochOf);
  }

  override async present(epochs: readonly Epoch[]): Promise<Epoch[]> {
    const { rows } = await this.pool.query<EpochRow>(
      `select q.retention_class, q.epoch from unnest($1::text[], $2::text[]) as q (retention_class, epoch)
       where exists (select from log.record r where r.retention_class = q.retention_class and r.epoch = q.epoch)`,
      [epochs.map((it) => it.retentionClass), epochs.map((it) => it.month)],
    );
    return rows.map(epochOf);
  }

  override async newestOf({ retentionClass, month }: Epoch): Promise<number | undefined> {
    const { rows } = await this.pool.query<{ newest: Date | null }>(
      'select max(log_time) as newest from log.record where retention_class = $1 and epoch = $2',
      [retentionClass, month],
    );
    return rows[0]?.newest?.getTime();
  }

  override async epochsOf(recordIds: readonly string[]): Promise<ReadonlyMap<string, Epoch>> {
    const { rows } = await this.pool.query<EpochRow & { record_id: string }>(
      'select record_id, retention_class, epoch from log.record where record_id = any ($1::uuid[])',
      [recordIds],
    );
    return new Map(rows.map((row) => [row.record_id, epochOf(row)]));
  }

  override async ofKey(thumbprint: string, limit: number): Promise<StoredRecord[]> {
    const { rows } = await this.pool.query<RecordRow>({
      name: 'of_key',
      text: `select ${COLUMNS} ${FROM} where r.key_thumbprint = $1 and r.event in ('key.added', 'key.removed')
        order by r.index desc limit $2`,
      values: [thumbprint, limit],
    });
    return rows.map(stored).toReversed();
  }

  override async inScope(
    { epoch, beforeMs, recordIds }: ErasureScope,
    after: number,
    limit: number,
  ): Promise<LeafAt[]> {
    const { rows } = await this.pool.query<{ index: string; leaf_hash: Buffer }>(
      `select e.index, e.leaf_hash ${FROM} where r.retention_class = $1 and r.epoch = $2 and r.index > $3
        and ($4::timestamptz is null or r.log_time < $4) and ($5::uuid[] is null or r.record_id = any ($5))
        order by r.index limit $6`,
      [
        ...[epoch.retentionClass, epoch.month, after],
        ...[beforeMs === undefined ? null : new Date(beforeMs).toISOString(), recordIds ?? null, limit],
      ],
    );
    return rows.map((row) => ({ index: Number(row.index), leafHash: row.leaf_hash }));
  }
}

/** Key by key, each with its own limit: the database stops at the first entry that is somebody else's. */
const SHARED = `select k.key from unnest($1::bytea[]) as k (key) cross join lateral (
    select from log.subject_index s join log.subject_index other on other.index = s.index
    where s.key = k.key and s.capacity = 'decider' and other.capacity = 'decider' and other.key <> all ($1::bytea[])
      and not exists (select from log.subject_index own
        where own.index = s.index and own.capacity = 'decider' and own.key = any ($2::bytea[]))
    limit 1) as found`;

/**
 * One branch a key, each ordered and bounded by itself, so that the database merges their index scans and stops at the
 * limit: for `key = any (…)` it would read and sort everything that the person is named in. An entry has at most two rows a key.
 */
function aboutQuery(keys: number): string {
  const branches = Array.from(
    { length: keys },
    (_, i) =>
      `(select index, capacity from log.subject_index where key = $${i + 3} and index < $1 order by index desc limit 2 * $2)`,
  );
  return `select hit.as_subject, hit.as_decider, ${COLUMNS} from (
      select s.index, bool_or(s.capacity = 'subject') as as_subject, bool_or(s.capacity = 'decider') as as_decider
      from (${branches.join(' union all ')}) s group by s.index order by s.index desc limit $2
    ) hit join log.record r on r.index = hit.index join log.entry e on e.index = r.index order by r.index desc`;
}

export function stored(row: RecordRow): StoredRecord {
  const details = CALLER_DETAILS.map((name) => [name, row[name] ?? undefined]);
  return {
    index: Number(row.index),
    leaf: row.leaf,
    caller: callerPart({
      event: row.event,
      log_time: row.log_time.toISOString(),
      consumer: row.consumer,
      ...Object.fromEntries(details),
    }),
    callerSalt: row.caller_salt,
    protectedHash: row.protected_hash,
    sealed: {
      recordId: row.record_id,
      epoch: epochOf(row),
      wrappedKey: row.wrapped_key,
      ciphertext: row.ciphertext,
    },
  };
}

/** Undefined where there is no record, or one that somebody altered into what cannot have been logged. */
function legible({ index, ...row }: Orphaned): StoredRecord | undefined {
  if (index === null) return undefined;
  try {
    const record = stored({ ...row, index });
    requireEpoch(record.sealed.epoch);
    return record;
  } catch {
    return undefined;
  }
}

function epochOf({ retention_class, epoch }: EpochRow): Epoch {
  return { retentionClass: retention_class, month: epoch };
}

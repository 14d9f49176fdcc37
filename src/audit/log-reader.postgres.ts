import type { Pool } from 'pg';
import { type EntryFilter, LogReader, type Orphan, type StoredRecord } from './log-reader.js';
import { CALLER_DETAILS, type CallerPart, callerPart } from './record.js';

type RecordRow = { [Detail in (typeof CALLER_DETAILS)[number]]: CallerPart[Detail] | null } & {
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

const COLUMNS = [
  ...['r.index', 'e.leaf', 'r.event', 'r.log_time', 'r.consumer', ...CALLER_DETAILS.map((name) => `r.${name}`)],
  ...['r.caller_salt', 'r.protected_hash', 'r.record_id', 'r.retention_class', 'r.epoch', 'r.wrapped_key'],
  'r.ciphertext',
].join(', ');

const FROM = 'from log.record r join log.entry e on e.index = r.index';
/** Conditions by member of the filter; each names its parameter as `?`. */
const CONDITIONS: Readonly<Record<keyof EntryFilter, string>> = {
  fromMs: 'r.log_time >= to_timestamp(? / 1000.0)',
  toMs: 'r.log_time < to_timestamp(? / 1000.0)',
  consumer: 'r.consumer = ?',
  register: 'r.register = ?',
  purpose: 'r.purpose = ?',
  legal_basis: 'r.legal_basis = ?',
  outcome: 'r.outcome = ?',
  reason: 'r.reason = ?',
  exchange_ref: 'r.exchange_ref = ?',
};
const FILTERS = Object.keys(CONDITIONS) as (keyof EntryFilter)[];

/** Reads with the rights of the node. */
export class PostgresLogReader extends LogReader {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async orphans(limit: number): Promise<Orphan[]> {
    const { rows } = await this.pool.query<RecordRow & { retrieval_id: string }>({
      name: 'orphans',
      text: `select s.retrieval_id, ${COLUMNS} from log.retrieval_state s
        join log.record r on r.index = s.opened_index join log.entry e on e.index = r.index
        where s.closed_index is null and s.expires_at < clock_timestamp() order by s.expires_at limit $1`,
      values: [limit],
    });
    return rows.map((row) => ({ retrieval: row.retrieval_id, opened: stored(row) }));
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
      `select ${COLUMNS} ${FROM} where r.index < $1${conditions.join('')} order by r.index desc limit $2`,
      [before, limit, ...given.map((name) => filter[name])],
    );
    return rows.map(stored);
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
}

function stored(row: RecordRow): StoredRecord {
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
      epoch: { retentionClass: row.retention_class, month: row.epoch },
      wrappedKey: row.wrapped_key,
      ciphertext: row.ciphertext,
    },
  };
}

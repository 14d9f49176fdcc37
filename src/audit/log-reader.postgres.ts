import type { Pool } from 'pg';
import { LogReader, type Orphan, type StoredRecord } from './log-reader.js';
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

import type { ClientBase, QueryResult } from 'pg';
import type { NodeId } from '#libs/merkle/tree-shape.js';
import { CALLER_DETAILS, type CallerPart } from '../audit/record.js';
import type { Finding } from './finding.js';
import {
  type EntryRow,
  type ErasedRow,
  type ErasureRow,
  type HeadRow,
  type IndexRow,
  LogSnapshot,
  type NodeRow,
  type RecordRow,
} from './log-snapshot.js';
import { STATE_QUERIES } from './state-queries.js';

const SMALL_ROWS = 4096;
const RECORDS = 1024;

const MICROS = '(extract(epoch from log_time) * 1000000)::bigint::text';
const RECORD_COLUMNS = [
  ...['index', 'event', `${MICROS} as log_time`, 'consumer', ...CALLER_DETAILS, 'caller_salt', 'protected_hash'],
  ...['record_id::text', 'retention_class', 'epoch', 'wrapped_key', 'ciphertext'],
].join(', ');

type Raw = { [Detail in (typeof CALLER_DETAILS)[number]]: string | null } & {
  index: string;
  event: string;
  log_time: string;
  consumer: string;
  caller_salt: Buffer;
  protected_hash: Buffer;
  record_id: string;
  retention_class: string;
  epoch: string;
  wrapped_key: Buffer;
  ciphertext: Buffer;
};

/** One transaction that sees one state of the database; SELECT on the schema `log` is enough. */
export class PostgresLogSnapshot extends LogSnapshot {
  private cursors = 0;
  private asking: Promise<unknown> = Promise.resolve();

  private constructor(private readonly client: ClientBase) {
    super();
  }

  /** The client is this snapshot's alone until it ends. */
  static async open(client: ClientBase): Promise<PostgresLogSnapshot> {
    await client.query('begin isolation level repeatable read read only');
    // Rows lie in the order of their index: a sort would keep all of them at once.
    await client.query('set local enable_sort = off');
    return new PostgresLogSnapshot(client);
  }

  override async head(): Promise<HeadRow> {
    const { rows } = await this.ask<{
      size: string;
      root: Buffer;
      frontier: Buffer[];
      checkpoint: string | null;
      log_time: string;
    }>(`select size, root, frontier, checkpoint, ${MICROS} as log_time from log.head`);
    const [row] = rows;
    if (row === undefined) throw new Error('the log has no head');
    const { root, frontier, checkpoint } = row;
    const [size, logTimeMicros] = [Number(row.size), BigInt(row.log_time)];
    return { size, root, frontier, checkpoint: checkpoint ?? undefined, logTimeMicros };
  }

  override entries(): AsyncIterable<readonly EntryRow[]> {
    return this.stream<{ index: string; leaf: Buffer; leaf_hash: Buffer }, EntryRow>(
      'select index, leaf, leaf_hash from log.entry order by index',
      SMALL_ROWS,
      (row) => ({ index: Number(row.index), leaf: row.leaf, leafHash: row.leaf_hash }),
    );
  }

  override records(): AsyncIterable<readonly RecordRow[]> {
    return this.stream<Raw, RecordRow>(`select ${RECORD_COLUMNS} from log.record order by index`, RECORDS, recordOf);
  }

  override indexRows(): AsyncIterable<readonly IndexRow[]> {
    return this.stream<{ index: string; key: Buffer; capacity: string }, IndexRow>(
      'select index, key, capacity from log.subject_index order by index',
      SMALL_ROWS,
      (row) => ({ index: Number(row.index), key: row.key, capacity: row.capacity }),
    );
  }

  override nodes(level: number): AsyncIterable<readonly NodeRow[]> {
    return this.stream<{ index: string; hash: Buffer }, NodeRow>(
      `select index, hash from log.node where level = ${Number(level)} order by index`,
      SMALL_ROWS,
      (row) => ({ index: Number(row.index), hash: row.hash }),
    );
  }

  override erasures(): AsyncIterable<readonly ErasureRow[]> {
    return this.stream<
      { index: string; retention_class: string; epoch: string; erased: string; root: string },
      ErasureRow
    >('select index, retention_class, epoch, erased, root from log.erasure order by index', SMALL_ROWS, (row) => ({
      index: Number(row.index),
      retentionClass: row.retention_class,
      month: row.epoch,
      erased: Number(row.erased),
      root: row.root,
    }));
  }

  override erased(): AsyncIterable<readonly ErasedRow[]> {
    return this.stream<{ index: string; erasure: string }, ErasedRow>(
      'select index, erasure from log.erased order by index, erasure',
      SMALL_ROWS,
      (row) => ({ index: Number(row.index), erasure: Number(row.erasure) }),
    );
  }

  override async node({ level, index }: NodeId): Promise<Buffer | undefined> {
    const { rows } = await this.ask<{ hash: Buffer }>(
      level === 0
        ? 'select leaf_hash as hash from log.entry where index = $1'
        : `select hash from log.node where level = ${Number(level)} and index = $1`,
      [index],
    );
    return rows[0]?.hash;
  }

  override async strayNode(size: number): Promise<NodeId | undefined> {
    const { rows } = await this.ask<{ level: number; index: string }>(
      'select level, index from log.node where (index + 1)::numeric * (1::bigint << level) > $1 order by level, index limit 1',
      [size],
    );
    return rows[0] && { level: rows[0].level, index: Number(rows[0].index) };
  }

  override async wrongState(): Promise<Finding | undefined> {
    // These look for one row among many: a sort of what is found is no burden.
    await this.ask('set local enable_sort = on');
    for (const { table, column, what, sql } of STATE_QUERIES) {
      const { rows } = await this.ask<{ row: string; index: string }>(sql);
      const [row] = rows;
      if (row !== undefined)
        return { table, row: column === '' ? `entry ${row.index}` : row.row, ...(column !== '' && { column }), what };
    }
    return undefined;
  }

  /** One after another: streams are read side by side, and a connection answers one question at a time. */
  private ask<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<QueryResult<Row>> {
    const answer = this.asking.then(() => this.client.query<Row>(sql, [...values]));
    this.asking = answer.catch(() => undefined);
    return answer;
  }

  private async *stream<Stored extends object, Row>(
    sql: string,
    size: number,
    map: (row: Stored) => Row,
  ): AsyncGenerator<readonly Row[]> {
    this.cursors += 1;
    const name = `fsck_${this.cursors}`;
    const fetch = async (): Promise<Stored[]> => (await this.ask<Stored>(`fetch ${size} from ${name}`)).rows;
    await this.ask(`declare ${name} no scroll cursor for ${sql}`);
    // The server looks for the next rows while these are checked.
    for (let next = fetch(); ; ) {
      const rows = await next;
      if (rows.length === 0) return;
      next = fetch();
      // Reported where it is awaited, if ever: a check that ends early leaves it.
      next.catch(() => undefined);
      yield rows.map(map);
    }
  }
}

function recordOf(row: Raw): RecordRow {
  const details = CALLER_DETAILS.map((name) => [name, row[name] ?? undefined]);
  return {
    index: Number(row.index),
    // Checked by whoever recomputes the leaf from it.
    caller: { event: row.event as CallerPart['event'], consumer: row.consumer, ...Object.fromEntries(details) },
    logTimeMicros: BigInt(row.log_time),
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

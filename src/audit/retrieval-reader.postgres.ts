import type { Pool } from 'pg';
import { firstIndexAt } from './first-index.js';
import type { StoredRecord } from './log-reader.js';
import { COLUMNS, FROM, type RecordRow, stored } from './log-reader.postgres.js';
import { RetrievalReader, type RetrievalRecords } from './retrieval-reader.js';

const DAY_MS = 86_400_000;

/** Reads with the rights of the node. */
export class PostgresRetrievalReader extends RetrievalReader {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async indexAt(ms: number): Promise<number> {
    const { rows } = await this.pool.query<{ index: string }>({
      name: 'index_at',
      text: `select ${firstIndexAt('$1::float8')} as index`,
      values: [ms],
    });
    return Number(rows[0]?.index ?? 0);
  }

  override async opened(register: string, first: number, end: number, limit: number): Promise<RetrievalRecords[]> {
    const { rows } = await this.pool.query<RecordRow>({
      name: 'opened_retrievals',
      text: `select ${COLUMNS} ${FROM} where r.index >= $1 and r.index < $2 and r.register = $3
        and r.event in ('identity.opened', 'retrieval.opened', 'retrieval.resumed') order by r.index limit $4`,
      values: [first, end, register, limit],
    });
    const opened = rows.map(stored);
    const closedAt = await this.closedAt(opened.flatMap(({ caller }) => caller.retrieval_ref ?? []));
    const [closed, others] = await Promise.all([
      this.records([...closedAt.values()]),
      this.between(opened.flatMap(({ caller }) => caller.exchange_ref ?? [])),
    ]);
    return opened.map((record) => {
      const closedIndex = closedAt.get(record.caller.retrieval_ref ?? '');
      return {
        opened: record,
        isClosed: closedIndex !== undefined,
        closed: closedIndex === undefined ? undefined : closed.get(closedIndex),
        others: others.get(record.caller.retrieval_ref ?? '') ?? [],
      };
    });
  }

  override async wereErased(first: number, end: number): Promise<boolean> {
    const { rows } = await this.pool.query<{ erased: boolean }>(
      `select (select count(*) from log.record where index >= $1 and index < $2) < $2::bigint - $1::bigint
         and exists (select from log.erasure where erased > 0 and index >= $1 and epoch between $3 and $4) as erased`,
      [first, end, await this.month(first, -DAY_MS), await this.month(end, DAY_MS)],
    );
    return rows[0]?.erased ?? false;
  }

  /** Of what was logged around an index; the epoch's month is named by the clock of a node, the time by the database's. */
  private async month(index: number, byMs: number): Promise<string> {
    const { rows } = await this.pool.query<{ log_time: Date }>(
      'select log_time from log.record where index <= $1 order by index desc limit 1',
      [index],
    );
    return new Date((rows[0]?.log_time.getTime() ?? 0) + byMs).toISOString().slice(0, 7);
  }

  private async closedAt(retrievals: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.pool.query<{ retrieval_id: string; closed_index: string }>({
      name: 'closed_at',
      text: `select retrieval_id, closed_index from log.retrieval_state
        where retrieval_id = any ($1) and closed_index is not null`,
      values: [retrievals],
    });
    return new Map(rows.map((row) => [row.retrieval_id, Number(row.closed_index)]));
  }

  private async records(indices: readonly number[]): Promise<ReadonlyMap<number, StoredRecord>> {
    const { rows } = await this.pool.query<RecordRow>({
      name: 'records',
      text: `select ${COLUMNS} ${FROM} where r.index = any ($1::bigint[])`,
      values: [indices],
    });
    return new Map(rows.map(stored).map((record) => [record.index, record]));
  }

  /** By retrieval. */
  private async between(exchanges: readonly string[]): Promise<ReadonlyMap<string, StoredRecord[]>> {
    const { rows } = await this.pool.query<RecordRow>({
      name: 'between_opened_and_closed',
      text: `select ${COLUMNS} ${FROM} where r.exchange_ref = any ($1)
        and r.event in ('retrieval.repeated', 'retrieval.held', 'retrieval.late') order by r.index`,
      values: [[...new Set(exchanges)]],
    });
    return Map.groupBy(rows.map(stored), ({ caller }) => caller.retrieval_ref ?? '');
  }
}

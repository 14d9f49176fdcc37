import type { Pool } from 'pg';
import type { Period } from './edge-log.js';
import { type EdgeLogLine, EdgeLogReader, type Extent } from './edge-log-reader.js';

const OF_PERIOD = `
  event = 'exchange' and caller = $1
    and log_time >= to_timestamp($2::double precision / 1000) and log_time < to_timestamp($3::double precision / 1000)`;

const EXTENT = `select min(sequence) as first, max(sequence) as last from edge.log where ${OF_PERIOD}`;

const PAGE = `
  select sequence, log_time, retrieval_id, consumer, evidence_type, purpose, outcome, reason
    from edge.log where ${OF_PERIOD} and sequence between $4 and $5 order by sequence limit $6`;

export type LineRow = Readonly<{
  sequence: string;
  log_time: Date;
  retrieval_id: string | null;
  consumer: string | null;
  evidence_type: string | null;
  purpose: string | null;
  outcome: EdgeLogLine['outcome'];
  reason: EdgeLogLine['reason'];
}>;

export class PostgresEdgeLogReader extends EdgeLogReader {
  /** Logged in as the edge's role. The owner listens to its `error` event. */
  constructor(private readonly pool: Pool) {
    super();
  }

  override async extent(caller: string, { fromMs, toMs }: Period): Promise<Extent | undefined> {
    const { rows } = await this.pool.query<{ first: string | null; last: string | null }>({
      name: 'edge-log-extent',
      text: EXTENT,
      values: [caller, fromMs, toMs],
    });
    const { first = null, last = null } = rows[0] ?? {};
    return first === null || last === null ? undefined : { first: Number(first), last: Number(last) };
  }

  override async page(caller: string, period: Period, extent: Extent, limit: number): Promise<EdgeLogLine[]> {
    const { rows } = await this.pool.query<LineRow>({
      name: 'edge-log-page',
      text: PAGE,
      values: [caller, period.fromMs, period.toMs, extent.first, extent.last, limit],
    });
    return rows.map(toLine);
  }
}

export function toLine(row: LineRow): EdgeLogLine {
  return {
    sequence: Number(row.sequence),
    at: row.log_time.getTime(),
    retrievalId: row.retrieval_id,
    consumer: row.consumer,
    evidenceType: row.evidence_type,
    purpose: row.purpose,
    outcome: row.outcome,
    reason: row.reason,
  };
}

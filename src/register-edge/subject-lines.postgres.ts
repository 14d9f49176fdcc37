import type { Pool } from 'pg';
import { type LineRow, toLine } from './edge-log-reader.postgres.js';
import { type GivenLine, type SubjectLine, SubjectLines } from './subject-lines.js';

const ABOUT = `
  select sequence, log_time, retrieval_id, consumer, evidence_type, purpose, outcome, reason, legal_basis, attributes, event
    from edge.log
   where subject_index = $1 and sequence < $2 and (told_from is null or told_from <= now()) order by sequence desc limit $3`;

// Replicas may write lines out of the order of their times: by seconds, where the answer speaks of months.
const OLDEST = 'select log_time from edge.log order by sequence limit 1';

const GIVEN = `
  select consumer, evidence_type, purpose, legal_basis, subject_index, attributes
    from edge.log
   where subject_index = $3 and retrieval_id = $2 and caller = $1 and event = 'exchange' and outcome in ('answered', 'repeated')
   order by sequence limit 1`;

type Given = Readonly<{ legal_basis: string | null; attributes: readonly string[] }>;
type SubjectRow = LineRow & Given & Readonly<{ event: SubjectLine['event'] }>;
type GivenRow = Pick<LineRow, 'consumer' | 'evidence_type' | 'purpose'> &
  Given &
  Readonly<{ subject_index: string | null }>;

export class PostgresSubjectLines extends SubjectLines {
  /** Logged in as the edge's role. The owner listens to its `error` event. */
  constructor(private readonly pool: Pool) {
    super();
  }

  override async about(subject: string, before: number, limit: number): Promise<SubjectLine[]> {
    const { rows } = await this.pool.query<SubjectRow>({
      name: 'edge-lines-about',
      text: ABOUT,
      values: [subject, before, limit],
    });
    return rows.map((row) => ({
      ...toLine(row),
      legalBasis: row.legal_basis,
      attributes: row.attributes,
      event: row.event,
    }));
  }

  override async reachesBackTo(): Promise<number | undefined> {
    const { rows } = await this.pool.query<{ log_time: Date }>({ name: 'edge-lines-oldest', text: OLDEST });
    return rows[0]?.log_time.getTime();
  }

  override async given(caller: string, retrievalId: string, subject: string): Promise<GivenLine | undefined> {
    const { rows } = await this.pool.query<GivenRow>({
      name: 'edge-lines-given',
      text: GIVEN,
      values: [caller, retrievalId, subject],
    });
    const [row] = rows;
    if (row === undefined) return undefined;
    const { consumer, evidence_type, purpose, legal_basis, subject_index, attributes } = row;
    const clear = { consumer, evidenceType: evidence_type, purpose, legalBasis: legal_basis };
    return { ...clear, subject: subject_index, attributes };
  }
}

import type { Pool } from 'pg';
import type { Seal } from '../platform/secrets.js';
import { canonicalBytes } from '../tokens/digest.js';
import {
  type Discrepancy,
  type DiscrepancyStanding,
  type DiscrepancyState,
  DiscrepancyStore,
} from './discrepancy-store.js';

const PUT = `
  insert into edge.discrepancy (report_id, caller, consumer, evidence_type, attribute, retrieval_id, reporter, content,
                                fingerprint, accepted_at, changed_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10::double precision / 1000), to_timestamp($10::double precision / 1000))
  on conflict do nothing`;

type Hidden = Pick<Discrepancy, 'idnr' | 'evidenceId' | 'remark'>;

type StandingRow = Readonly<{
  report_id: string;
  state: DiscrepancyState;
  explanation: string | null;
  accepted_at: Date;
  changed_at: Date;
}>;

type Row = StandingRow &
  Readonly<{
    caller: string;
    consumer: string;
    evidence_type: string;
    attribute: string;
    retrieval_id: string;
    reporter: Discrepancy['reporter'];
    content: string;
  }>;

/** Who is meant, what is said and what is answered is sealed; what does not open does not exist. */
export class PostgresDiscrepancyStore extends DiscrepancyStore {
  constructor(
    private readonly pool: Pool,
    private readonly seal: Seal,
  ) {
    super();
  }

  override async put(report: Discrepancy, acceptedAt: number): ReturnType<DiscrepancyStore['put']> {
    const { reportId, caller, consumer, evidenceType, attribute, retrievalId, reporter, ...hidden } = report;
    const fingerprint = this.seal.fingerprint(canonicalBytes(report), 'register-edge discrepancy');
    const content = this.seal.close(canonicalBytes(hidden), boundTo('content', reportId));
    const values = [reportId, caller, consumer, evidenceType, attribute, retrievalId, reporter, content, fingerprint];
    await this.pool.query({ name: 'edge-discrepancy-put', text: PUT, values: [...values, acceptedAt] });
    const { rows } = await this.pool.query<{ accepted_at: Date }>({
      name: 'edge-discrepancy-same',
      text: 'select accepted_at from edge.discrepancy where report_id = $1 and fingerprint = $2',
      values: [reportId, fingerprint],
    });
    const [stored] = rows;
    return stored === undefined ? 'other' : { acceptedAt: stored.accepted_at.getTime() };
  }

  override async find(caller: string, reportId: string): Promise<DiscrepancyStanding | undefined> {
    const { rows } = await this.pool.query<StandingRow>({
      name: 'edge-discrepancy-find',
      text: `select report_id, state, explanation, accepted_at, changed_at
               from edge.discrepancy where report_id = $2 and caller = $1`,
      values: [caller, reportId],
    });
    return rows[0] && this.#standing(rows[0]);
  }

  override async list(states: readonly DiscrepancyState[]): Promise<readonly (Discrepancy & DiscrepancyStanding)[]> {
    const { rows } = await this.pool.query<Row>(
      'select * from edge.discrepancy where state = any($1) order by accepted_at, report_id',
      [states],
    );
    return rows.flatMap((row) => {
      const bytes = this.seal.open(row.content, boundTo('content', row.report_id));
      if (bytes === undefined) return [];
      const clear = {
        reportId: row.report_id,
        caller: row.caller,
        consumer: row.consumer,
        evidenceType: row.evidence_type,
        attribute: row.attribute,
        retrievalId: row.retrieval_id,
        reporter: row.reporter,
      };
      // Authenticated by the seal: it has the shape in which `put` took it.
      return [{ ...clear, ...(JSON.parse(bytes.toString()) as Hidden), ...this.#standing(row) }];
    });
  }

  override async settle(reportId: string, state: DiscrepancyState, explanation: string, at: number): Promise<boolean> {
    const sealed =
      explanation === '' ? null : this.seal.close(Buffer.from(explanation), boundTo('explanation', reportId));
    const { rowCount } = await this.pool.query(
      `update edge.discrepancy set state = $2, explanation = $3, changed_at = to_timestamp($4::double precision / 1000)
        where report_id = $1`,
      [reportId, state, sealed, at],
    );
    return rowCount === 1;
  }

  #standing({ report_id, state, explanation, accepted_at, changed_at }: StandingRow): DiscrepancyStanding {
    const opened = explanation === null ? undefined : this.seal.open(explanation, boundTo('explanation', report_id));
    const times = { acceptedAt: accepted_at.getTime(), changedAt: changed_at.getTime() };
    return { state, ...times, explanation: opened?.toString() ?? '' };
  }
}

function boundTo(part: 'content' | 'explanation', reportId: string): string {
  return `einmal/discrepancy-${part}/v1 ${reportId}`;
}

import type { Pool } from 'pg';
import { type CaseStanding, CaseStore, type RecordedStep } from './case-store.js';
import type { StepState } from './oversight-case.js';

type StepRow = Readonly<{ log_index: string; state: StepState; has_report: boolean; recorded_at: Date }>;
type StandingRow = Readonly<{ state: StepState | null; first_reported_at: Date | null; report_index: string | null }>;

export class PostgresCaseStore extends CaseStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async add(caseIndex: number, { logIndex, state, hasReport, atMs }: RecordedStep): Promise<void> {
    await this.pool.query(
      `insert into app.case_step (log_index, case_index, state, has_report, recorded_at)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [logIndex, caseIndex, state, hasReport, new Date(atMs)],
    );
  }

  override async states(caseIndices: readonly number[]): Promise<ReadonlyMap<number, StepState>> {
    const { rows } = await this.pool.query<{ case_index: string; state: StepState }>(
      `select distinct on (case_index) case_index, state from app.case_step where case_index = any ($1)
       order by case_index, log_index desc`,
      [caseIndices],
    );
    return new Map(rows.map((row) => [Number(row.case_index), row.state]));
  }

  override async standing(caseIndex: number): Promise<CaseStanding> {
    const { rows } = await this.pool.query<StandingRow>(
      `select (array_agg(state order by log_index desc))[1] as state,
         min(recorded_at) filter (where state = 'reported') as first_reported_at,
         max(log_index) filter (where has_report) as report_index
       from app.case_step where case_index = $1`,
      [caseIndex],
    );
    const [row] = rows;
    return {
      state: row?.state ?? undefined,
      firstReportedAtMs: row?.first_reported_at?.getTime(),
      reportIndex: row?.report_index == null ? undefined : Number(row.report_index),
    };
  }

  override async steps(caseIndex: number, before: number, limit: number): Promise<readonly RecordedStep[]> {
    const { rows } = await this.pool.query<StepRow>(
      `select log_index, state, has_report, recorded_at from app.case_step
       where case_index = $1 and log_index < $2 order by log_index desc limit $3`,
      [caseIndex, before, limit],
    );
    return rows.map((row) => ({
      ...{ logIndex: Number(row.log_index), state: row.state, hasReport: row.has_report },
      atMs: row.recorded_at.getTime(),
    }));
  }
}

import type { Pool } from 'pg';
import { CaseStore, type RecordedStep } from './case-store.js';
import type { StepState } from './oversight-case.js';

export class PostgresCaseStore extends CaseStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async add(caseIndex: number, { logIndex, state }: Omit<RecordedStep, 'atMs'>): Promise<void> {
    await this.pool.query('insert into app.case_step (log_index, case_index, state) values ($1, $2, $3)', [
      logIndex,
      caseIndex,
      state,
    ]);
  }

  override async states(caseIndices: readonly number[]): Promise<ReadonlyMap<number, StepState>> {
    const { rows } = await this.pool.query<{ case_index: string; state: StepState }>(
      `select distinct on (case_index) case_index, state from app.case_step where case_index = any ($1)
       order by case_index, log_index desc`,
      [caseIndices],
    );
    return new Map(rows.map((row) => [Number(row.case_index), row.state]));
  }

  override async steps(caseIndex: number): Promise<readonly RecordedStep[]> {
    const { rows } = await this.pool.query<{ log_index: string; state: StepState; recorded_at: Date }>(
      'select log_index, state, recorded_at from app.case_step where case_index = $1 order by log_index',
      [caseIndex],
    );
    return rows.map((row) => ({ logIndex: Number(row.log_index), state: row.state, atMs: row.recorded_at.getTime() }));
  }
}

import type { Pool } from 'pg';
import { type DecisionEntries, Standing, type StandingFacts } from './standing.js';

export class PostgresStanding extends Standing {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async facts(fromMs: number, toMs: number): Promise<StandingFacts> {
    const { rows } = await this.pool.query<{ open: string; erased: string }>({
      name: 'standing',
      text: `select (select count(*) from log.retrieval_state where closed_index is null) as open,
        (select coalesce(sum(erased), 0) from log.erasure
         where erased_at >= to_timestamp($1 / 1000.0) and erased_at < to_timestamp($2 / 1000.0)) as erased`,
      values: [fromMs, toMs],
    });
    const reconciled = await this.pool.query<{ register: string; reconciled_to: Date }>(
      'select register, reconciled_to from app.reconciliation order by register',
    );
    return {
      openRetrievals: Number(rows[0]?.open ?? 0),
      erasedRecords: Number(rows[0]?.erased ?? 0),
      reconciled: reconciled.rows.map((row) => ({ register: row.register, toMs: row.reconciled_to.getTime() })),
    };
  }

  override async decisionAt(trigger: string): Promise<DecisionEntries> {
    const { rows } = await this.pool.query<{ granted_index: string; used_index: string | null }>(
      'select granted_index, used_index from log.trigger_state where trigger_id = $1',
      [trigger],
    );
    const [row] = rows;
    return {
      ...(row !== undefined && { granted: Number(row.granted_index) }),
      ...(row?.used_index != null && { used: Number(row.used_index) }),
    };
  }
}

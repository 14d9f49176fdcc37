import type { Pool } from 'pg';
import type { RegisterLine } from './register-line.js';
import type { Period } from './register-log.js';
import { RunLines } from './run-lines.js';

const REMOVED_AT_ONCE = 20_000;

const COLUMNS = 'sequence, at_ms, ref, consumer, evidence_type, purpose, outcome, reason';

type LineRow = Readonly<{
  sequence: string;
  at_ms: string;
  ref: string | null;
  consumer: string | null;
  evidence_type: string | null;
  purpose: string | null;
  outcome: RegisterLine['outcome'];
  reason: string | null;
}>;

export class PostgresRunLines extends RunLines {
  /** Logged in as the node's role. */
  constructor(private readonly pool: Pool) {
    super();
  }

  override async put(run: string, lines: readonly RegisterLine[]): Promise<void> {
    await this.pool.query({
      name: 'put_lines',
      text: `insert into app.reconcile_line (run, ${COLUMNS})
        select $1, * from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])`,
      values: [
        run,
        lines.map(({ sequence }) => sequence),
        lines.map(({ atMs }) => atMs),
        lines.map(({ ref }) => ref),
        lines.map(({ consumer }) => consumer),
        lines.map(({ evidenceType }) => evidenceType),
        lines.map(({ purpose }) => purpose),
        lines.map(({ outcome }) => outcome),
        lines.map(({ reason }) => reason),
      ],
    });
  }

  override async take(run: string, refs: readonly string[]): Promise<RegisterLine[]> {
    const { rows } = await this.pool.query<LineRow>({
      name: 'take_lines',
      text: `delete from app.reconcile_line where run = $1 and ref = any ($2) returning ${COLUMNS}`,
      values: [run, refs],
    });
    return rows.map(toLine);
  }

  override async rest(run: string, { fromMs, toMs }: Period, after: number, limit: number): Promise<RegisterLine[]> {
    const { rows } = await this.pool.query<LineRow>({
      name: 'rest_of_lines',
      text: `select ${COLUMNS} from app.reconcile_line
        where run = $1 and at_ms >= $2 and at_ms < $3 and sequence > $4 order by sequence limit $5`,
      values: [run, fromMs, toMs, after, limit],
    });
    return rows.map(toLine);
  }

  override async countRest(run: string, { fromMs, toMs }: Period): Promise<number> {
    const { rows } = await this.pool.query<{ count: string }>(
      'select count(*) from app.reconcile_line where run = $1 and at_ms >= $2 and at_ms < $3',
      [run, fromMs, toMs],
    );
    return Number(rows[0]?.count);
  }

  override async end(run: string): Promise<void> {
    await this.remove('run = $1', [run]);
    await this.remove(`put_at < now() - interval '2 days'`, []);
  }

  /** In parts, so that no statement runs for long. */
  private async remove(condition: string, values: readonly string[]): Promise<void> {
    for (let removed = REMOVED_AT_ONCE; removed === REMOVED_AT_ONCE; ) {
      const { rowCount } = await this.pool.query(
        `delete from app.reconcile_line where ctid = any (array(
           select ctid from app.reconcile_line where ${condition} limit ${REMOVED_AT_ONCE}))`,
        [...values],
      );
      removed = rowCount ?? 0;
    }
  }
}

function toLine(row: LineRow): RegisterLine {
  return {
    sequence: Number(row.sequence),
    atMs: Number(row.at_ms),
    ref: row.ref ?? undefined,
    consumer: row.consumer ?? undefined,
    evidenceType: row.evidence_type ?? undefined,
    purpose: row.purpose ?? undefined,
    outcome: row.outcome,
    reason: row.reason ?? undefined,
  };
}

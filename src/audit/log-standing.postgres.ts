import type { Pool } from 'pg';

/** How the log stands, by the clock of the database. */
export type LogStanding = Readonly<{
  size: number;
  /** Since its newest checkpoint was signed. */
  checkpointAgeS: number;
  /** Retrievals that passed their expiry without an outcome. */
  overdue: number;
}>;

export async function logStanding(pool: Pool): Promise<LogStanding> {
  const { rows } = await pool.query<{ size: string; age: string; overdue: string }>(
    `select size, extract(epoch from clock_timestamp() - log_time) as age,
       (select count(*) from log.retrieval_state where closed_index is null and expires_at < clock_timestamp()) as overdue
     from log.head`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the log has no head');
  const size = Number(row.size);
  return { size, checkpointAgeS: size === 0 ? 0 : Number(row.age), overdue: Number(row.overdue) };
}

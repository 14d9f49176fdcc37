import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Period } from './register-log.js';
import { type Claim, ReconciliationSchedule } from './schedule.js';

/** A node that is paused or lost delays a register by this much. */
const LEASE_MS = 120_000;
/** After an interruption a register is followed in steps of a day. */
const LONGEST_PERIOD_MS = 86_400_000;

export type ScheduleSettings = Readonly<{
  intervalMs: number;
  /** What is younger than this is not compared yet. */
  lagMs: number;
}>;

export class PostgresReconciliationSchedule extends ReconciliationSchedule {
  /** Logged in as the node's role. */
  constructor(
    private readonly pool: Pool,
    private readonly settings: ScheduleSettings,
  ) {
    super();
  }

  override async claim(registers: readonly string[]): Promise<Claim | undefined> {
    const { intervalMs, lagMs } = this.settings;
    const holder = randomUUID();
    await this.pool.query({
      name: 'follow_registers',
      text: `insert into app.reconciliation (register, reconciled_to)
        select register, date_trunc('milliseconds', clock_timestamp()) - $2 * interval '1 ms'
          from unnest($1::text[]) as q (register)
         where not exists (select from app.reconciliation r where r.register = q.register)
        on conflict do nothing`,
      values: [registers, lagMs],
    });
    const { rows } = await this.pool.query<{ register: string; from: Date; to: Date }>({
      name: 'claim_register',
      text: `update app.reconciliation set holder = $2, busy_until = clock_timestamp() + $3 * interval '1 ms'
        where register = (
          select register from app.reconciliation
           where register = any ($1) and busy_until < clock_timestamp()
             and reconciled_to + $4 * interval '1 ms' <= clock_timestamp() - $5 * interval '1 ms'
           order by reconciled_to limit 1 for update skip locked)
        returning register, reconciled_to as from,
          least(date_trunc('milliseconds', clock_timestamp()) - $5 * interval '1 ms',
                reconciled_to + $6 * interval '1 ms') as to`,
      values: [registers, holder, LEASE_MS, intervalMs, lagMs, LONGEST_PERIOD_MS],
    });
    const [row] = rows;
    return row && { register: row.register, holder, period: { fromMs: row.from.getTime(), toMs: row.to.getTime() } };
  }

  override async renew(claim: Claim): Promise<boolean> {
    return this.update(claim, `busy_until = clock_timestamp() + $4 * interval '1 ms'`, [LEASE_MS]);
  }

  override async done(claim: Claim): Promise<boolean> {
    const { toMs }: Period = claim.period;
    return this.update(claim, `reconciled_to = $4, holder = null, busy_until = '-infinity'`, [
      new Date(toMs).toISOString(),
    ]);
  }

  override async failed(claim: Claim, retry: 'later' | 'now'): Promise<void> {
    const pauseMs = retry === 'now' ? 0 : this.settings.intervalMs;
    await this.update(claim, `holder = null, busy_until = clock_timestamp() + $4 * interval '1 ms'`, [pauseMs]);
  }

  private async update(
    { register, holder, period }: Claim,
    change: string,
    values: readonly (string | number)[],
  ): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `update app.reconciliation set ${change} where register = $1 and holder = $2 and reconciled_to = $3`,
      [register, holder, new Date(period.fromMs).toISOString(), ...values],
    );
    return rowCount === 1;
  }
}

import type { Pool } from 'pg';
import { firstIndices } from '../audit/first-index.js';
import type { EventType } from '../audit/record.js';
import { BLOCK } from './activity.postgres.js';
import {
  type DecisionEntries,
  type ErasureTerm,
  type Reconciled,
  type RetentionStanding,
  type SignedHead,
  Standing,
  type StandingFacts,
} from './standing.js';

/** What is compared with the log of a register. */
const COMPARED = ['identity.opened', 'retrieval.opened', 'retrieval.resumed'] as const satisfies readonly EventType[];
/** Stretches of the log in which what is not compared is counted, the newest: two million entries. */
const BLOCKS_COUNTED = 256;
const DUE_COUNTED = 10_000;

/** Stretches that are counted, of the first one and of what is not counted yet the records themselves. `$1`: events; `$2`: in how many stretches. */
export const UNRECONCILED = `
  with recursive ${firstIndices('select register as name, reconciled_to as moment from app.reconciliation')},
    counted as (select next_index, next_index / ${BLOCK} as block from app.activity_head),
    tail as materialized (
      select r.register, r.index from log.record r
      where r.index >= (select next_index from counted) and r.event = any ($1::text[])
    )
  select f.name as register, f.moment as reconciled_to, blocks.n + part.n + rest.n as unreconciled,
    f.first / ${BLOCK} < counted.block - $2::bigint as more
  from found f cross join counted
  cross join lateral (
    select coalesce(sum(a.entries), 0) as n from app.activity a
    where a.block > greatest(f.first / ${BLOCK}, counted.block - $2::bigint)
      and a.register = f.name and a.event = any ($1::text[])
  ) blocks
  cross join lateral (
    select count(*) as n from log.record r
    where r.index >= f.first and r.index < least((f.first / ${BLOCK} + 1) * ${BLOCK}, counted.next_index)
      and r.register = f.name and r.event = any ($1::text[])
  ) part
  cross join lateral (
    select count(*) as n from tail t where t.register = f.name and t.index >= f.first
  ) rest
  order by f.name`;

/** Ordered by index, so that the planner walks no further than the first records of a class. `$1`, `$2`: classes and moments; then a period. */
export const RETENTION = `
  with recursive ${firstIndices('select * from unnest($1::text[], $2::timestamptz[]) as given (name, moment)')}
  select f.name, oldest.log_time as oldest, due.n as due,
    (select coalesce(sum(e.erased), 0) from log.erasure e
     where e.retention_class = f.name
       and e.erased_at >= to_timestamp($3 / 1000.0) and e.erased_at < to_timestamp($4 / 1000.0)) as erased
  from found f
  left join lateral (
    select r.log_time from log.record r where r.retention_class = f.name order by r.index limit 1
  ) oldest on true
  cross join lateral (
    select count(*) as n from (
      select from log.record r where r.retention_class = f.name and r.index < f.first
      order by r.index limit ${DUE_COUNTED + 1}
    ) past
  ) due
  order by f.name`;

export class PostgresStanding extends Standing {
  constructor(
    private readonly pool: Pool,
    private readonly blocksCounted = BLOCKS_COUNTED,
  ) {
    super();
  }

  override async facts(fromMs: number, toMs: number, terms: readonly ErasureTerm[]): Promise<StandingFacts> {
    const [state, reconciled, retention] = await Promise.all([
      this.state(),
      this.reconciled(),
      this.retention(fromMs, toMs, terms),
    ]);
    return { ...state, reconciled, retention };
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

  private async state(): Promise<Readonly<{ openRetrievals: number; head: SignedHead }>> {
    const { rows } = await this.pool.query<{
      open: string;
      size: string;
      root: Buffer;
      checkpoint: string | null;
      log_time: Date;
    }>({
      name: 'standing',
      text: `select (select count(*) from log.retrieval_state where closed_index is null) as open,
        size, root, checkpoint, log_time from log.head`,
    });
    const [row] = rows;
    if (row === undefined) throw new Error('the log has no head');
    return {
      openRetrievals: Number(row.open),
      head: {
        size: Number(row.size),
        root: row.root,
        atMs: row.log_time.getTime(),
        note: row.checkpoint ?? undefined,
      },
    };
  }

  private async reconciled(): Promise<readonly Reconciled[]> {
    const { rows } = await this.pool.query<{
      register: string;
      reconciled_to: Date;
      unreconciled: string;
      more: boolean;
    }>({ name: 'unreconciled', text: UNRECONCILED, values: [COMPARED, this.blocksCounted] });
    return rows.map((row) => ({
      register: row.register,
      toMs: row.reconciled_to.getTime(),
      unreconciled: Number(row.unreconciled),
      hasMore: row.more,
    }));
  }

  private async retention(
    fromMs: number,
    toMs: number,
    terms: readonly ErasureTerm[],
  ): Promise<readonly RetentionStanding[]> {
    const { rows } = await this.pool.query<{ name: string; oldest: Date | null; due: string; erased: string }>({
      name: 'retention_standing',
      text: RETENTION,
      values: [
        terms.map(({ retentionClass }) => retentionClass),
        terms.map(({ beforeMs }) => new Date(beforeMs).toISOString()),
        ...[fromMs, toMs],
      ],
    });
    return rows.map(({ name, oldest, due, erased }) => ({
      retentionClass: name,
      oldestMs: oldest?.getTime(),
      due: Math.min(Number(due), DUE_COUNTED),
      hasMoreDue: Number(due) > DUE_COUNTED,
      erased: Number(erased),
    }));
  }
}

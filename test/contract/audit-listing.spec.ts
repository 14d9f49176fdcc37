import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { EntryFilter } from '../../src/audit/log-reader.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';

describe('a long log of one participant', () => {
  const CONSUMER = 'familienkasse-online';
  const DAY_MS = 86_400_000;
  const DAYS = 400;
  const A_DAY = 50;
  const begin = Date.UTC(2025, 0, 1);
  let long: LogDatabase;
  let explained: string[];
  beforeAll(async () => {
    long = await createLogDatabase();
    await long.owner.query(
      `insert into log.entry (index, leaf, leaf_hash) select i, leaf, sha256('\\x00'::bytea || leaf)
       from (select i, '\\x01'::bytea || sha256(i::text::bytea) as leaf from generate_series(0, $1::bigint) as i) s`,
      [DAYS * A_DAY - 1],
    );
    await long.owner.query(
      `insert into log.record (index, event, log_time, consumer, caller_salt, protected_hash, record_id,
         retention_class, epoch, wrapped_key, ciphertext)
       select i, 'retrieval.closed', to_timestamp($2::float8 / 1000) + (i / $3) * interval '1 day', $4, sha256('s'), sha256('p'),
         gen_random_uuid(), 'standard', '2026-11', '', '' from generate_series(0, $1::bigint) as i`,
      [DAYS * A_DAY - 1, begin, A_DAY, CONSUMER],
    );
    await long.tamper(
      "update log.head set size = $1, frontier = array_fill(sha256('n'), array[bit_count($1::bigint::bit(64))::integer]), checkpoint = ''",
      [DAYS * A_DAY],
    );
    await long.owner.query('vacuum analyze log.entry, log.record');
  }, 30_000);
  afterAll(() => long.close());
  beforeEach(() => {
    explained = [];
  });

  /** Rows that the database read for a page, and the page. */
  async function read(filter: EntryFilter): Promise<Readonly<{ rows: number; indices: readonly number[] }>> {
    const indices: number[] = [];
    let rows = 0;
    const explaining = {
      query: async (text: string, values: unknown[]) => {
        const plan = await long.pool.query<{ 'QUERY PLAN': readonly { Plan: Plan }[] }>(
          `explain (analyze, format json) ${text}`,
          values,
        );
        rows += readBy(plan.rows[0]!['QUERY PLAN'][0]!.Plan);
        explained.push(text);
        const found = await long.pool.query<{ index: string }>(text, values);
        indices.push(...found.rows.map(({ index }) => Number(index)));
        return found;
      },
    };
    await new PostgresLogReader(explaining as unknown as pg.Pool).list(filter, Number.MAX_SAFE_INTEGER, 20);
    return { rows, indices };
  }

  it.each([
    ['until a moment long past', { toMs: begin + DAY_MS }, A_DAY - 1],
    ['from a moment on that is past', { fromMs: begin + 399 * DAY_MS, register: 'nobody' }, undefined],
    ['of one day', { fromMs: begin + 200 * DAY_MS, toMs: begin + 201 * DAY_MS }, 201 * A_DAY - 1],
    [
      'of one day, of a register that was not asked',
      { fromMs: begin, toMs: begin + DAY_MS, register: 'nobody' },
      undefined,
    ],
  ])('is listed %s without reading what is newer or older', async (_what, filter, newest) => {
    const { rows, indices } = await read({ consumer: CONSUMER, ...filter });
    expect(explained).toHaveLength(1);
    expect(indices[0]).toBe(newest);
    expect(indices).toHaveLength(newest === undefined ? 0 : 20);
    // A page or a day, each with its entry, and some steps of halving for each bound.
    expect(rows).toBeLessThan(3 * A_DAY + 100);
  });
});

type Plan = Readonly<Record<string, unknown>> & Readonly<{ Plans?: readonly Plan[] }>;

/** What the scans of tables gave, and what they took in vain. */
function readBy(plan: Plan): number {
  const own = 'Relation Name' in plan ? rowsOf(plan, 'Actual Rows') + rowsOf(plan, 'Rows Removed by Filter') : 0;
  return (plan.Plans ?? []).reduce((sum, part) => sum + readBy(part), own);
}

function rowsOf(plan: Plan, member: string): number {
  return Number(plan[member] ?? 0) * Number(plan['Actual Loops'] ?? 1);
}

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import type { OperationalLog } from '../../src/platform/operational-log.js';
import { openPool } from '../../src/platform/pool.js';

const url = process.env.EINMAL_TEST_PG ?? '';
const lost: string[] = [];
const log: OperationalLog = { info: () => {}, warn: (_details, message) => lost.push(message), error: () => {} };

let pool: Pool;
beforeEach(() => {
  lost.length = 0;
  pool = openPool(url, { max: 2, log, statementTimeoutMs: 200 });
});
afterEach(() => pool.end());

async function took(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

describe('the pool of a process on its own database', () => {
  it('ends a statement that runs for long', async () => {
    expect(await took(expect(pool.query('select pg_sleep(5)')).rejects.toMatchObject({ code: '57014' }))).toBeLessThan(
      2000,
    );
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('ends a wait for a lock', async () => {
    const patient = openPool(url, { max: 1, log });
    const holder = await patient.connect();
    await holder.query('begin');
    await holder.query('select pg_advisory_xact_lock(4711)');
    await expect(pool.query('select pg_advisory_xact_lock(4711)')).rejects.toMatchObject({
      code: expect.stringMatching(/^(55P03|57014)$/),
    });
    holder.release(true);
    await patient.end();
  });

  it('ends a transaction that nobody works on', async () => {
    const client = await pool.connect();
    const gone = new Promise((resolve) => client.once('error', resolve));
    await client.query('begin');
    expect(await gone).toMatchObject({ code: '25P03' });
    client.release(true);
  });

  it('ends by itself what a server that does not answer leaves open', async () => {
    const deaf = openPool(url, { max: 1, log, statementTimeoutMs: 200 });
    const client = await deaf.connect();
    await client.query('set statement_timeout = 0');
    expect(await took(expect(client.query('select pg_sleep(5)')).rejects.toThrow(/timeout/))).toBeLessThan(2500);
    client.release(true);
    await deaf.end();
  });

  it('has limits without being told: of statement, lock and open transaction', async () => {
    const usual = openPool(url, { max: 1, log });
    const { rows } = await usual.query(
      `select name, setting::int as ms from pg_settings
       where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`,
    );
    expect(rows.every(({ ms }) => ms > 0 && ms <= 8000)).toBe(true);
    expect(rows).toHaveLength(3);
    await usual.end();
  });

  it('tells the operational log of a lost connection, and opens another', async () => {
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    const other = openPool(url, { max: 1, log });
    await other.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await other.end();
    while (lost.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(lost).toEqual(['database connection lost']);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

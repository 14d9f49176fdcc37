import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { isDatabaseLost } from '../../src/platform/database-lost.js';
import type { OperationalLog } from '../../src/platform/operational-log.js';
import { openPool } from '../../src/platform/pool.js';
import { inTransaction } from '../../src/platform/transaction.js';

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

  describe('tells a database that is away from a statement that is wrong', () => {
    const failure = (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error);

    it('where the server ends the session', async () => {
      const client = await pool.connect();
      client.on('error', () => {});
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      const waiting = failure(client.query('select pg_sleep(5)'));
      await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      expect(isDatabaseLost(await waiting)).toBe(true);
      expect(isDatabaseLost(await failure(client.query('select 1')))).toBe(true);
      client.release(true);
    });

    it('where nobody listens, or nobody answers', async () => {
      const closed = new URL(url);
      closed.host = '127.0.0.1:1';
      const nobody = openPool(closed.href, { max: 1, log });
      expect(isDatabaseLost(await failure(nobody.query('select 1')))).toBe(true);
      await nobody.end();
      const server = createServer(() => {}).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const deaf = new URL(url);
      deaf.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      const silent = openPool(deaf.href, { max: 1, log });
      expect(isDatabaseLost(await failure(silent.query('select 1')))).toBe(true);
      await silent.end();
      server.close();
    });

    it('where it ended what waited or ran too long, or nobody worked on', async () => {
      expect(isDatabaseLost(await failure(pool.query('select pg_sleep(5)')))).toBe(true);
      const client = await pool.connect();
      const gone = once(client, 'error');
      await client.query('begin');
      await gone;
      expect(isDatabaseLost(await failure(client.query('select 1')))).toBe(true);
      client.release(true);
    });

    it('where it may not write yet, after another one was lost', async () => {
      const client = await pool.connect();
      await client.query('set default_transaction_read_only = on');
      const written = failure(client.query('create table of_a_standby ()'));
      expect(isDatabaseLost(await written)).toBe(true);
      client.release(true);
    });

    it.each(['53100', '53200', '58030', '08006', 'EHOSTUNREACH'])('by what it says, also beneath: %s', (code) => {
      const error = Object.assign(new Error('no'), { code });
      expect([isDatabaseLost(error), isDatabaseLost(new Error('not written', { cause: error }))]).toEqual([true, true]);
    });

    it('and where the statement is wrong, or no error of the database', async () => {
      expect(isDatabaseLost(await failure(pool.query('select 1 / 0')))).toBe(false);
      expect(isDatabaseLost(new TypeError('Cannot read properties of undefined'))).toBe(false);
      expect(isDatabaseLost('Connection terminated')).toBe(false);
    });
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

  it('outlives the loss of a connection in the middle of a transaction', async () => {
    const left = inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await sleep(100);
      await client.query('select 1');
    });
    expect(isDatabaseLost(await left.catch((error: unknown) => error))).toBe(true);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
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

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { SourcePool } from '../../src/register-edge/source-pool.js';
import { eventually } from '../support/eventually.js';
import { SilentLog } from '../support/silent-log.js';

const TIMEOUT_MS = 300;

describe("a connection to a register's own PostgreSQL", () => {
  const table = `kept_${randomBytes(4).toString('hex')}`;
  const owner = new pg.Client({ connectionString: process.env.EINMAL_TEST_PG });
  const log = new SilentLog();
  const pool = new SourcePool(process.env.EINMAL_TEST_PG ?? '', log, TIMEOUT_MS);

  beforeAll(async () => {
    await owner.connect();
    await owner.query(`create table ${table} (held int); insert into ${table} values (0)`);
  });
  afterAll(async () => {
    await pool.end();
    await owner.query(`drop table ${table}`);
    await owner.end();
  });

  /** Of the server's process: another connection has another. One after the other they all take the same. */
  const session = async () => (await pool.query<{ pid: number }>({ text: 'select pg_backend_pid() as pid' }))[0]?.pid;
  const codeOf = (asked: Promise<unknown>) =>
    asked.then(
      () => 'answered',
      (error: unknown) => (error instanceof pg.DatabaseError ? error.code : error),
    );

  it.each([
    ['what one row has', '22012', () => `select 1 / held from ${table}`],
    ['two rows where one is due', '21000', () => `select (select 1 from generate_series(1, 2))`],
    ['a statement that ran too long', '57014', () => 'select pg_sleep(30)'],
  ])('is kept after %s', async (_what, code, text) => {
    const before = await session();
    const name = `asks-${code}`;
    for (let n = 0; n < 2; n += 1) expect(await codeOf(pool.query({ name, text: text() }))).toBe(code);
    expect(await session()).toBe(before);
  });

  it('is given up where what ends its statement may still come (ADR 129)', async () => {
    const before = await session();
    const leaving = new AbortController();
    const left = codeOf(pool.query({ text: `select pg_sleep(30) as ${table}` }, leaving.signal));
    const isRunning = `select 1 from pg_stat_activity where state = 'active' and query like 'select pg_sleep(30) as ${table}'`;
    await eventually(
      async () => (await owner.query(isRunning)).rows.length,
      (it) => it === 1,
    );
    leaving.abort();
    expect(await left).toBe('57014');
    expect(await session()).not.toBe(before);
  });

  it('is given up where its prepared statement reads a table that has changed: the next one reads it', async () => {
    const asked = { name: 'reads-all', text: `select * from ${table}` };
    await pool.query(asked);
    await owner.query(`alter table ${table} add column more int`);
    expect(await codeOf(pool.query(asked))).toBe('0A000');
    expect(await pool.query(asked)).toEqual([{ held: 0, more: null }]);
  });

  it('is given up where the server ended it: the next one is another', async () => {
    const before = await session();
    const ended = codeOf(pool.query({ text: 'select pg_terminate_backend(pg_backend_pid())' }));
    expect(await ended).toBe('57P01');
    expect(await session()).not.toBe(before);
  });
});

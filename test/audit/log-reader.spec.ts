import { expect, it } from '@jest/globals';
import type pg from 'pg';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';

it.each([
  [50, 'about_50'],
  [500, undefined],
])('a connection keeps a search for %d keys for good as %s: not each number of them', async (count, name) => {
  const asked: pg.QueryConfig[] = [];
  const pool = {
    query: async (query: pg.QueryConfig) => {
      asked.push(query);
      return { rows: [] };
    },
  };
  const keys = Array.from({ length: count }, (_, i) => Buffer.alloc(32, i));
  await new PostgresLogReader(pool as unknown as pg.Pool).about(keys, 100, 20);
  expect(asked.map((it) => it.name)).toEqual([name]);
});

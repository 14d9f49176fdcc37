import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SqliteDatabase } from '../../src/register-edge/sql-database.sqlite.js';

describe('a reader of a file of SQLite', () => {
  let folder: string;
  let database: SqliteDatabase;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'einmal-reader-'));
    const file = join(folder, 'register.sqlite');
    new DatabaseSync(file).close();
    database = new SqliteDatabase(file);
  });

  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('that is ended after it has answered, and before that is read, is not asked again', async () => {
    await database.query('select 1 as one', []);
    for (let n = 0; n < 5; n += 1) {
      const leaving = new AbortController();
      const left = database.query('select 1 as one', [], leaving.signal).catch((error: unknown) => error);
      const next = database.query('select 2 as two', []);
      // The first is sent now, and nothing is read of the answer while this thread waits for nothing.
      await new Promise((resolve) => process.nextTick(resolve));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      leaving.abort();
      expect(await left).toMatchObject({ code: 'NOBODY_WAITS' });
      expect(await next).toEqual([{ two: 2 }]);
    }
  });
});

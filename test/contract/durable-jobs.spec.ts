import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DurableJobs } from '../../src/platform/jobs/durable-jobs.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { eventually } from '../support/eventually.js';
import { SilentLog } from '../support/silent-log.js';

const EVERY = { polledSeconds: 0.5, supervisedSeconds: 1 };

let database: LogDatabase;
beforeAll(async () => {
  database = await createLogDatabase();
});
afterAll(() => database.close());

const running: DurableJobs[] = [];
afterEach(async () => {
  for (const jobs of running.splice(0)) await jobs.stop();
});

/** As one node of several has it. */
async function someJobs(log = new SilentLog()): Promise<DurableJobs> {
  const jobs = new DurableJobs(database.pool, log, EVERY);
  await jobs.start();
  running.push(jobs);
  return jobs;
}

async function put(
  jobs: DurableJobs,
  id: string,
  end: 'commit' | 'rollback' = 'commit',
  atMs = Date.now(),
  group: string = randomUUID(),
) {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await jobs.put(client, 'deferral', id, group, atMs);
    await client.query(end);
  } finally {
    client.release();
  }
}

describe('a job, by the login of a node that owns nothing', () => {
  it('comes once to one of the nodes, and not at all where its transaction did not happen', async () => {
    const [one, other] = [await someJobs(), await someJobs()];
    const ids = Array.from({ length: 12 }, () => randomUUID());
    const [done, lost] = [[] as string[], randomUUID()];
    for (const id of ids) await put(one, id);
    await put(one, lost, 'rollback');
    for (const jobs of [one, other]) await jobs.work('deferral', async (id) => done.push(id));
    await eventually(
      async () => done.length,
      (found) => found >= ids.length,
    );
    // One more round of each: nothing comes twice.
    await sleep(3 * EVERY.polledSeconds * 1000);
    expect(done.toSorted()).toEqual(ids.toSorted());
    expect(done).not.toContain(lost);
  });

  it('waits for its time, also where the node that put it is gone', async () => {
    const first = await someJobs();
    const [due, later] = [randomUUID(), randomUUID()];
    await put(first, due);
    await put(first, later, 'commit', Date.now() + 3_600_000);
    await first.stop();
    const done: string[] = [];
    await (await someJobs()).work('deferral', async (id) => done.push(id));
    await eventually(
      async () => done,
      (found) => found.includes(due),
    );
    expect(done).not.toContain(later);
  });

  it('comes also where many of another group, put before it, come to no end', async () => {
    const jobs = await someJobs();
    const stuck: readonly string[] = Array.from({ length: 20 }, () => randomUUID());
    const free = randomUUID();
    for (const id of stuck) await put(jobs, id, 'commit', Date.now(), 'tarpit');
    await put(jobs, free);
    const [begun, leaving] = [[] as string[], new AbortController()];
    await jobs.work('deferral', async (id) => {
      begun.push(id);
      if (stuck.includes(id)) await sleep(60_000, undefined, { signal: leaving.signal }).catch(() => undefined);
    });
    await eventually(
      async () => begun,
      (found) => found.includes(free),
    );
    expect(begun.filter((id) => stuck.includes(id)).length).toBe(2);
    await database.superuser.query("delete from jobs.job where group_id = 'tarpit'");
    leaving.abort();
  });

  it('comes again where it failed, and keeps nothing of the error', async () => {
    const jobs = await someJobs();
    const [id, secret] = [randomUUID(), `secret-${randomUUID()}`];
    await put(jobs, id);
    let tries = 0;
    await jobs.work('deferral', async (given) => {
      if (given !== id) return;
      tries += 1;
      if (tries === 1) throw new Error(secret);
    });
    const [row] = await eventually(
      async () => {
        const sql = "select state, row::text as text from jobs.job row where data ->> 'id' = $1";
        return (await database.superuser.query<{ text: string; state: string }>(sql, [id])).rows;
      },
      (rows) => rows[0]?.state === 'retry',
    );
    expect(row?.text).not.toContain(secret);
    await eventually(
      async () => tries,
      (found) => found === 2,
    );
  });

  it('is deleted some time after it is done, and nothing that this takes is refused', async () => {
    const log = new SilentLog();
    const jobs = await someJobs(log);
    const id = randomUUID();
    await put(jobs, id);
    await jobs.work('deferral', async () => undefined);
    const rows = async () => {
      // Long ago: the queue is looked through at once, and what is done has been so for long.
      await database.superuser.query(
        `update jobs.queue set maintain_on = null;
         update jobs.job set completed_on = completed_on - interval '1 day' where state = 'completed'`,
      );
      return (await database.superuser.query("select 1 from jobs.job where data ->> 'id' = $1", [id])).rows;
    };
    await eventually(rows, (found) => found.length === 0);
    // Whatever is going on comes to its end.
    await jobs.stop();
    expect(log.lines).toEqual([]);
  });

  it('has an id and nothing else in it', async () => {
    const jobs = await someJobs();
    const id = randomUUID();
    await put(jobs, id, 'commit', Date.now() + 3_600_000);
    const { rows } = await database.pool.query("select data from jobs.job where data ->> 'id' = $1", [id]);
    expect(rows).toEqual([{ data: { id } }]);
  });

  it.each([
    'create table jobs.mine (it int)',
    "select jobs.create_queue('mine', '{}')",
    'insert into jobs.queue select * from jobs.queue limit 1',
    'drop table jobs.job_common',
    'truncate jobs.job',
  ])('may not: %s', async (sql) => {
    await expect(database.pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });
});

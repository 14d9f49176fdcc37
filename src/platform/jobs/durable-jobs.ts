import type { Pool, PoolClient } from 'pg';
import { PgBoss } from 'pg-boss';
import { describeError, type OperationalLog } from '../operational-log.js';
import { JOBS_SCHEMA, QUEUES, type Queue } from './queues.js';

const STOP_WITHIN_MS = 5000;
/** Workers of a queue on one node, and what each takes at once: a batch lasts as long as its slowest job. */
const WORKERS = 4;
const AT_ONCE = 4;
/** Of one group at once on one node: whoever never answers holds up nobody else. */
const OF_A_GROUP = 2;

export type Every = Readonly<{
  polledSeconds: number;
  /** Jobs of processes that died are given to others, and those that are done are deleted. */
  supervisedSeconds: number;
}>;

export type JobBacklog = Readonly<{ queue: string; state: string; jobs: number; overdueS: number }>;

/**
 * Work at a time, kept in the database: it comes also after a restart, to one of the nodes, and again where that one failed or
 * died. Whoever does it must bear that it comes twice. A job holds an id and nothing else, and knows whom it calls.
 */
export class DurableJobs {
  readonly #boss: PgBoss;
  readonly #closing = new AbortController();

  constructor(
    private readonly pool: Pool,
    private readonly log: OperationalLog,
    private readonly every: Every,
  ) {
    this.#boss = new PgBoss({
      db: { executeSql: (text, values) => pool.query(text, values) },
      schema: JOBS_SCHEMA,
      // The node's login owns nothing: tables and queues are made by the owner's migration.
      migrate: false,
      createSchema: false,
      schedule: false,
      reindex: false,
      monitorVacuum: false,
      persistWarnings: false,
      registerInstance: false,
      superviseIntervalSeconds: every.supervisedSeconds,
    });
    this.#boss.on('error', (error) => log.warn(describeError(error), 'jobs'));
  }

  async start(): Promise<void> {
    await this.#boss.start();
  }

  /**
   * In the transaction of `client`: there with what it is about, or not at all.
   * @param group whom it keeps busy: the participant or register that is called
   */
  async put(client: PoolClient, queue: Queue, id: string, group: string, atMs: number): Promise<void> {
    const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
    await this.#boss.send(queue, { id }, { startAfter: new Date(atMs), group: { id: group }, db });
  }

  /** Does the jobs of a queue as they come due, some at once; one that fails is tried again later, alone. */
  async work(queue: Queue, task: (id: string, signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const options = {
      pollingIntervalSeconds: this.every.polledSeconds,
      batchSize: AT_ONCE,
      localConcurrency: WORKERS,
      localGroupConcurrency: OF_A_GROUP,
      burstWhenBatchFull: true,
      perJobResults: true,
    } as const;
    await this.#boss.work<{ id: string }, unknown, typeof options>(queue, options, (jobs) =>
      Promise.all(
        jobs.map(async ({ id, data }) => {
          try {
            await task(data.id, this.#closing.signal);
            return { id, status: 'completed' as const };
          } catch (error) {
            this.log.warn({ queue, ...describeError(error) }, 'a job failed and is tried again');
            // Nothing of the error is kept with the job.
            return { id, status: 'failed' as const };
          }
        }),
      ),
    );
  }

  /** What waits or is under way, by queue; `overdueS`: how long the oldest has waited that is due. */
  async backlog(): Promise<readonly JobBacklog[]> {
    const { rows } = await this.pool.query<{ queue: string; state: string; jobs: string; overdue: string | null }>(
      `select name as queue, state::text, count(*) as jobs,
         extract(epoch from clock_timestamp() - min(start_after) filter (where start_after < clock_timestamp())) as overdue
       from ${JOBS_SCHEMA}.job where state in ('created', 'retry', 'active') and name = any ($1) group by 1, 2`,
      [QUEUES],
    );
    return rows.map(({ queue, state, jobs, overdue }) => ({
      ...{ queue, state, jobs: Number(jobs) },
      overdueS: state === 'active' ? 0 : Number(overdue ?? 0),
    }));
  }

  async stop(): Promise<void> {
    this.#closing.abort();
    await this.#boss.stop({ close: false, graceful: true, timeout: STOP_WITHIN_MS });
  }
}

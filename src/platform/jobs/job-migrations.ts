import { Migration } from '@mikro-orm/migrations';
import { getConstructionPlans } from 'pg-boss';
import { JOBS_SCHEMA, QUEUES } from './queues.js';

const DAY_S = 86_400;

/** A job is worth nothing by itself: what it is about says whether there is anything to do. Kept an hour after it is done. */
const QUEUE = {
  policy: 'standard',
  // What is due is never given up by the queue: its subject has an end of its own.
  retryLimit: 10_000,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 900,
  // Of a process that died at it: longer than an attempt takes.
  expireInSeconds: 120,
  retentionSeconds: 120 * DAY_S,
  deleteAfterSeconds: 3600,
};

/** Tables of the job library as its own plan makes them, without its transaction: a migration has one. */
export function jobMigrations(nodeRole: string) {
  class CreateJobs extends Migration {
    override up(): void {
      this.addSql(
        getConstructionPlans(JOBS_SCHEMA)
          .replace(/^\s*BEGIN;/, '')
          .replace(/COMMIT;\s*$/, ''),
      );
      for (const queue of QUEUES)
        this.addSql(`select ${JOBS_SCHEMA}.create_queue('${queue}', '${JSON.stringify(QUEUE)}'::jsonb);`);
      this.addSql(`
        revoke all on schema ${JOBS_SCHEMA} from public;
        revoke all on all functions in schema ${JOBS_SCHEMA} from public;
        grant usage on schema ${JOBS_SCHEMA} to "${nodeRole}";
        grant select on all tables in schema ${JOBS_SCHEMA} to "${nodeRole}";
        grant insert, update, delete on ${JOBS_SCHEMA}.job, ${JOBS_SCHEMA}.job_common, ${JOBS_SCHEMA}.warning to "${nodeRole}";
        grant update, delete on ${JOBS_SCHEMA}.job_dependency, ${JOBS_SCHEMA}.instance to "${nodeRole}";
        grant update on ${JOBS_SCHEMA}.queue, ${JOBS_SCHEMA}.version to "${nodeRole}";
        grant execute on function ${JOBS_SCHEMA}.job_now to "${nodeRole}";
      `);
    }
  }
  return [{ name: 'Migration20261126000050_create_jobs', class: CreateJobs }];
}

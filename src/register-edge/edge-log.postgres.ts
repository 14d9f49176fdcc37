import type { Pool } from 'pg';
import { queryDurably } from '../platform/commit-warnings.js';
import { EdgeLog, type EdgeLogEntry, type LogRead } from './edge-log.js';

const APPEND = `
  insert into edge.log (log_time, caller, consumer, evidence_type, purpose, legal_basis, retrieval_id, permission_jti,
                        trigger_jti, attestation_jti, attributes, outcome, reason, cause, subject_index, event, told_from, told_later_by)
  values (to_timestamp($1::double precision / 1000), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
          to_timestamp($17::double precision / 1000), $18)`;

const APPEND_READ = `
  insert into edge.log (event, log_time, caller, attributes, outcome, reason, cause, read_from, read_to)
  values ('log-read', to_timestamp($1::double precision / 1000), $2, '{}', $3, $4, $5,
          to_timestamp($6::double precision / 1000), to_timestamp($7::double precision / 1000))`;

export class PostgresEdgeLog extends EdgeLog {
  /** Logged in as the edge's role. The owner listens to its `error` event. */
  constructor(private readonly pool: Pool) {
    super();
  }

  override async append(entry: EdgeLogEntry): Promise<void> {
    await queryDurably(this.pool, {
      name: 'edge-append',
      text: APPEND,
      values: [
        entry.at,
        entry.caller,
        entry.consumer,
        entry.evidenceType,
        entry.purpose,
        entry.legalBasis,
        entry.retrievalId,
        entry.permission,
        entry.trigger,
        entry.attestation,
        entry.attributes,
        entry.outcome,
        entry.reason,
        entry.cause,
        entry.subject,
        entry.event ?? 'exchange',
        entry.delayedNotice?.until ?? null,
        entry.delayedNotice?.norm ?? null,
      ],
    });
  }

  override async appendRead({ at, caller, period, outcome, reason, cause }: LogRead): Promise<void> {
    await queryDurably(this.pool, {
      name: 'edge-append-read',
      text: APPEND_READ,
      values: [at, caller, outcome, reason, cause, period?.fromMs ?? null, period?.toMs ?? null],
    });
  }
}

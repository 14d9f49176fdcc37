import type { Pool } from 'pg';
import { EdgeLog, type EdgeLogEntry } from './edge-log.js';

const APPEND = `
  insert into edge.log (log_time, caller, consumer, evidence_type, purpose, legal_basis, retrieval_id, permission_jti,
                        trigger_jti, attestation_jti, attributes, outcome, reason, cause, subject_index)
  values (to_timestamp($1::double precision / 1000), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;

export class PostgresEdgeLog extends EdgeLog {
  /** Logged in as the edge's role. The owner listens to its `error` event. */
  constructor(private readonly pool: Pool) {
    super();
  }

  override async append(entry: EdgeLogEntry): Promise<void> {
    await this.pool.query({
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
      ],
    });
  }
}

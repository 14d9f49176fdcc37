import type { Pool } from 'pg';
import type { PermissionCheck } from './permission-check.js';
import { DuplicateCheck, PermissionLog } from './permission-log.js';

const APPEND = `
  insert into log.permission_check (check_id, checked_at, caller, consumer, provider, evidence_type, purpose, legal_basis,
    decision, reason, rule_ids, fields, token_id, request_digest, catalogue_version)
  values ($1, to_timestamp($2 / 1000.0), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;

export class PostgresPermissionLog extends PermissionLog {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async append(check: PermissionCheck): Promise<void> {
    try {
      await this.pool.query({ name: 'append-permission-check', text: APPEND, values: valuesOf(check) });
    } catch (error) {
      if (isDuplicate(error)) throw new DuplicateCheck('this check is on record already');
      throw error;
    }
  }
}

function valuesOf(check: PermissionCheck): unknown[] {
  return [
    check.checkId,
    check.checkedAt,
    check.caller,
    check.consumer,
    check.provider,
    check.evidenceType,
    check.purpose,
    check.legalBasis,
    check.decision,
    check.reason,
    check.ruleIds,
    check.fields,
    check.tokenId,
    check.requestDigest,
    check.catalogueVersion,
  ];
}

function isDuplicate(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'constraint' in error && error.constraint === 'permission_check_once'
  );
}

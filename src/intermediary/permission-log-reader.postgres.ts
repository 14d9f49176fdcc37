import type { Pool } from 'pg';
import type { PolicyScope } from '../permission/policy-scope.js';
import { type LoggedCheck, PermissionLogReader } from './permission-log-reader.js';

type Row = Readonly<{
  entry: string;
  checked_at: Date;
  consumer: string | null;
  provider: string | null;
  evidence_type: string | null;
  purpose: string | null;
  legal_basis: string | null;
  asked_fields: readonly string[];
  fields: readonly string[];
  token_id: string | null;
  reason: string | null;
  rule_ids: readonly string[];
  catalogue_version: string;
}>;

const SELECT = `select entry, checked_at, consumer, provider, evidence_type, purpose, legal_basis, asked_fields, fields,
    token_id, reason, rule_ids, catalogue_version
  from log.permission_check
  where checked_at >= to_timestamp($1 / 1000.0) and entry > $2`;

export class PostgresPermissionLogReader extends PermissionLogReader {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async list(scope: PolicyScope, sinceMs: number, after: number, limit: number): Promise<LoggedCheck[]> {
    const { condition, values } = conditionOf(scope);
    const text = `${SELECT} ${condition} order by entry limit $3`;
    const { rows } = await this.pool.query<Row>(text, [sinceMs, after, limit, ...values]);
    return rows.map((row) => ({
      entry: Number(row.entry),
      check: {
        checkedAt: row.checked_at.getTime(),
        consumer: row.consumer,
        provider: row.provider,
        evidenceType: row.evidence_type,
        purpose: row.purpose,
        legalBasis: row.legal_basis,
        askedFields: row.asked_fields,
        fields: row.fields,
        isRequest: row.token_id !== null,
        reason: row.reason,
        ruleIds: row.rule_ids,
        catalogueVersion: row.catalogue_version,
      },
    }));
  }
}

function conditionOf(scope: PolicyScope): Readonly<{ condition: string; values: readonly unknown[] }> {
  switch (scope.of) {
    case 'everybody':
      return { condition: '', values: [] };
    case 'node':
      return { condition: 'and caller = $4', values: [scope.node] };
    case 'consumer':
      return { condition: 'and consumer = $4', values: [scope.consumer] };
    case 'registers':
      return { condition: 'and provider = any ($4)', values: [scope.registers] };
  }
}

import type { Pool } from 'pg';
import type { RateUse } from '../permission/rate-use.js';
import { queryDurably } from '../platform/commit-warnings.js';
import type { PermissionCheck } from './permission-check.js';
import { DuplicateCheck, PermissionLog, type UseOfRules } from './permission-log.js';
import { UsedUp } from './used-up.js';

const COLUMNS = `check_id, checked_at, caller, consumer, provider, evidence_type, purpose, legal_basis,
    asked_fields, decision, reason, rule_ids, fields, token_id, request_digest, catalogue_version`;
const VALUES =
  '$1::uuid, to_timestamp($2 / 1000.0), $3, $4, $5, $6, $7, $8, $9::text[], $10, $11, $12::text[], $13::text[], $14, $15, $16';

const APPEND = `insert into log.permission_check (${COLUMNS}) values (${VALUES})`;
/** Entry and count in one statement: one transaction, one round trip. */
const APPEND_WITHIN = `
  with counted as materialized (
    select log.use_rules($17, $18::text[], $19::text[],
      array(select to_timestamp(ms / 1000.0) from unnest($20::float8[]) with ordinality as it (ms, place) order by place),
      $21::bigint[], $22) as is_left
  )
  insert into log.permission_check (${COLUMNS}) select ${VALUES} from counted where is_left`;

/** `log.use_rules` raises it; its detail lists which of the rules are used up, counted from 1. */
const USED_UP = 'EU001';

export class PostgresPermissionLog extends PermissionLog {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async append(check: PermissionCheck, use?: UseOfRules): Promise<void> {
    try {
      if (use === undefined || use.uses.length === 0)
        await queryDurably(this.pool, { name: 'append-permission-check', text: APPEND, values: valuesOf(check) });
      else
        await queryDurably(this.pool, {
          name: 'append-permission-check-within',
          text: APPEND_WITHIN,
          values: [...valuesOf(check), ...countOf(use)],
        });
    } catch (error) {
      if (isDuplicate(error)) throw new DuplicateCheck('this check is on record already');
      throw usedUp(error, use?.uses ?? []) ?? error;
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
    check.askedFields,
    check.decision,
    check.reason,
    check.ruleIds,
    check.fields,
    check.tokenId,
    check.requestDigest,
    check.catalogueVersion,
  ];
}

function countOf({ uses, taken }: UseOfRules): unknown[] {
  return [
    uses[0]?.consumer,
    uses.map(({ rule }) => rule),
    uses.map(({ per }) => per),
    uses.map(({ startsAt }) => startsAt),
    uses.map(({ max }) => max),
    taken,
  ];
}

function isDuplicate(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'constraint' in error && error.constraint === 'permission_check_once'
  );
}

function usedUp(error: unknown, uses: readonly RateUse[]): UsedUp | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== USED_UP) return undefined;
  const places = 'detail' in error && typeof error.detail === 'string' ? error.detail.split(',').map(Number) : [];
  return new UsedUp(uses.filter((_, index) => places.includes(index + 1)));
}

import { CALLER_DETAILS } from '../../src/audit/record.js';
import { withClient } from '../../src/demo/database.js';
import { e2eSystem, named } from './e2e-system.js';

type Detail = (typeof CALLER_DETAILS)[number];

/** Clear columns of one entry of the node's log: what its caller may open. */
export type LogRow = Readonly<{ index: number; event: string; consumer: string; log_time: Date }> &
  Readonly<Record<Detail, string | null>>;

/** Behind the scenes, as the owner of the node's database. */
export function queryNode<Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  return query('node', text, values);
}

/**
 * What a consumer had the intermediary check for requests since this entry, as far as it tells no request from another
 * (`ListChecks`). What was asked abstractly, before anybody was looked up, depends on what others asked in the seconds before.
 */
export function boundChecksSince(consumer: string, entry: number): Promise<readonly object[]> {
  const columns = 'provider, evidence_type, purpose, legal_basis, asked_fields, fields, decision, reason, rule_ids';
  return query(
    'intermediary',
    `select ${columns}, token_id is not null as is_request
     from log.permission_check where consumer = $1 and entry > $2 and request_digest is not null
     order by evidence_type, provider`,
    [consumer, entry],
  );
}

/** Number of the last check, and how often this consumer has used rules that limit it. */
export async function checksSoFar(consumer: string): Promise<Readonly<{ entry: number; used: number }>> {
  const [row] = await query<{ entry: string; used: string }>(
    'intermediary',
    `select (select coalesce(max(entry), 0) from log.permission_check) as entry,
       (select coalesce(sum(used), 0) from log.rule_use where consumer = $1) as used`,
    [consumer],
  );
  return { entry: Number(row?.entry), used: Number(row?.used) };
}

async function query<Row>(process: string, text: string, values: readonly unknown[]): Promise<readonly Row[]> {
  return withClient(named(e2eSystem().databases, process), async (client) => {
    const { rows } = await client.query(text, [...values]);
    return rows as Row[];
  });
}

/** Index that the next entry will get. */
export async function logSize(): Promise<number> {
  const [head] = await queryNode<{ size: string }>('select size from log.head');
  return Number(head?.size);
}

/** Without what the node writes by itself: once a minute about refusals of an earlier test, once an hour about what is unusual. */
export async function logEntriesSince(index: number): Promise<readonly LogRow[]> {
  const rows = await queryNode<Omit<LogRow, 'index'> & { index: string }>(
    `select index, event, consumer, log_time, ${CALLER_DETAILS.join(', ')} from log.record
     where index >= $1 and event <> 'authentication.failed' and (event <> 'anomaly' or consumer <> 'node') order by index`,
    [index],
  );
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

/** What a piece of work left in the log. */
export async function logged<T>(work: () => Promise<T>): Promise<Readonly<{ value: T; entries: readonly LogRow[] }>> {
  const before = await logSize();
  const value = await work();
  return { value, entries: await logEntriesSince(before) };
}

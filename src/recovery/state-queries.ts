/**
 * What is asked of the tables of states. Each query gives `row` and `index` of what is wrong, the lowest index first;
 * records that were erased bear nothing out any more and are passed over.
 */
export type StateQuery = Readonly<{ table: string; column: string; what: string; sql: string }>;

const USED = `r.event in ('identity.opened', 'retrieval.opened')`;
/** A further retrieval by the same decision, after the register had answered "later". */
const RESUMED = `r.event = 'retrieval.resumed'`;
const OPENED = `(${USED} or ${RESUMED})`;
const CLOSED = `r.event in ('identity.closed', 'retrieval.closed')`;
/** Of which there is one of a name. An anomaly of which a caller was told the reason is none of them: each counts. */
const NAMED = `(r.event in ('reconciliation.finding', 'sample.fixed') or r.event = 'anomaly' and r.reason is null)`;

/** A state that names an entry which says something else. */
function says(table: string, key: string, column: string, entry: string): StateQuery {
  return {
    table: `log.${table}`,
    column,
    what: 'the entry that it names says something else',
    sql: `select s.${key} as row, s.${column} as index from log.${table} s join log.record r on r.index = s.${column}
      where (${entry}) is not true order by s.${column} limit 1`,
  };
}

/** An entry whose state is missing. */
function has(table: string, entry: string, state: string): StateQuery {
  return {
    table: `log.${table}`,
    column: '',
    what: 'the state that this entry made is missing',
    sql: `select r.index::text as row, r.index from log.record r
      where ${entry} and not exists (select from log.${table} s where ${state}) order by r.index limit 1`,
  };
}

export const STATE_QUERIES: readonly StateQuery[] = [
  says('trigger_state', 'trigger_id', 'granted_index', `r.event = 'trigger.granted' and r.trigger_id = s.trigger_id`),
  says(
    'trigger_state',
    'trigger_id',
    'used_index',
    `${USED} and r.trigger_id = s.trigger_id and r.retrieval_ref = s.used_by and s.used_index > s.granted_index`,
  ),
  says(
    'trigger_state',
    'trigger_id',
    'withdrawn_index',
    `r.event = 'trigger.withdrawn' and r.trigger_id = s.trigger_id and s.withdrawn_index > s.granted_index`,
  ),
  says('retrieval_state', 'retrieval_id', 'opened_index', `${OPENED} and r.retrieval_ref = s.retrieval_id`),
  says(
    'retrieval_state',
    'retrieval_id',
    'closed_index',
    `${CLOSED} and r.retrieval_ref = s.retrieval_id and s.closed_index > s.opened_index`,
  ),
  says('once', 'name', 'index', NAMED),
  has('once', NAMED, 's.index = r.index'),
  has('trigger_state', `r.event = 'trigger.granted'`, 's.trigger_id = r.trigger_id and s.granted_index = r.index'),
  has('trigger_state', `r.event = 'trigger.withdrawn'`, 's.trigger_id = r.trigger_id and s.withdrawn_index = r.index'),
  has('trigger_state', USED, 's.trigger_id = r.trigger_id and s.used_index = r.index'),
  has('trigger_state', RESUMED, 's.trigger_id = r.trigger_id and s.used_index < r.index'),
  has('retrieval_state', OPENED, 's.retrieval_id = r.retrieval_ref and s.opened_index = r.index'),
  has('retrieval_state', CLOSED, 's.retrieval_id = r.retrieval_ref and s.closed_index = r.index'),
];

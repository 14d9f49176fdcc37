import type { ClientBase } from 'pg';

/** Seconds that a sweeper may take after the expiry of what nobody closed, also where it was down for a while. */
const SWEPT_S = 60;

const CLOSED = `('retrieval.closed', 'identity.closed')`;
const OPENED = `('retrieval.opened', 'identity.opened')`;

/** Each query gives what must not be, as one line `what`. Made of the records alone: the states that the node keeps are checked against them. */
const RULES: readonly (readonly [rule: string, query: string])[] = [
  [
    'two final outcomes of one retrieval',
    `select retrieval_ref as what from log.record where event in ${CLOSED} group by retrieval_ref having count(*) > 1`,
  ],
  [
    'a retrieval opened twice',
    `select retrieval_ref as what from log.record where event in ${OPENED} group by retrieval_ref having count(*) > 1`,
  ],
  [
    'an outcome without an opening before it',
    `select c.retrieval_ref as what from log.record c where c.event in ${CLOSED} and not exists (
       select from log.record o where o.retrieval_ref = c.retrieval_ref and o.index < c.index and o.event in ${OPENED})`,
  ],
  [
    'one decision used by two retrievals',
    `select trigger_id as what from log.record where event in ${OPENED} group by trigger_id having count(distinct retrieval_ref) > 1`,
  ],
  [
    'a retrieval opened without a granted decision, or after its withdrawal',
    `select o.retrieval_ref as what from log.record o
     left join log.record g on g.trigger_id = o.trigger_id and g.event = 'trigger.granted' and g.index < o.index
     left join log.record w on w.trigger_id = o.trigger_id and w.event = 'trigger.withdrawn' and w.index < o.index
     where o.event in ${OPENED} and (g.index is null or w.index is not null)`,
  ],
  [
    'a release after the withdrawal of its decision (GDPR Art. 7 (3))',
    `select c.retrieval_ref as what from log.record c
     join log.record w on w.trigger_id = c.trigger_id and w.event = 'trigger.withdrawn' and w.index < c.index
     where c.event = 'retrieval.closed' and c.outcome in ('released', 'partly_released')`,
  ],
  [
    'a release after the withdrawal of the lookup that it rests on (GDPR Art. 7 (3))',
    `select c.retrieval_ref as what from log.record c
     join log.record o on o.exchange_ref = c.exchange_ref and o.subject_role = c.subject_role and o.event = 'identity.opened'
     join log.record w on w.trigger_id = o.trigger_id and w.event = 'trigger.withdrawn' and w.index < c.index
     where c.event = 'retrieval.closed' and c.outcome in ('released', 'partly_released')`,
  ],
  [
    'the end of an exchange before the outcome of one of its retrievals',
    `select o.retrieval_ref as what from log.record e
     join log.record o on o.exchange_ref = e.exchange_ref and o.event in ${OPENED}
     left join log.record c on c.retrieval_ref = o.retrieval_ref and c.event in ${CLOSED} and c.index < e.index
     where e.event = 'exchange.closed' and c.index is null`,
  ],
  [
    'a time that falls from one entry to the next',
    `select index::text as what from (
       select index, log_time < lag(log_time) over (order by index) as falls from log.record) t where falls`,
  ],
  [
    'an outcome "unknown" before the expiry of its retrieval',
    `select c.retrieval_ref as what from log.record c join log.retrieval_state s on s.retrieval_id = c.retrieval_ref
     where c.outcome = 'unknown' and c.event in ${CLOSED} and c.log_time < date_trunc('milliseconds', s.expires_at)`,
  ],
  [
    'states of retrievals that are not those of the records',
    `select coalesce(s.retrieval_id, r.id) as what from log.retrieval_state s full join (
       select retrieval_ref as id, min(index) filter (where event in ${OPENED}) as opened,
         min(index) filter (where event in ${CLOSED}) as closed
       from log.record where event in ${CLOSED} or event in ${OPENED} group by retrieval_ref) r on r.id = s.retrieval_id
     where s.opened_index is distinct from r.opened or s.closed_index is distinct from r.closed`,
  ],
  [
    'an entry without its record',
    'select index::text as what from log.entry e where not exists (select from log.record r where r.index = e.index)',
  ],
];

/** The expiry is by the clock of the node, which may be wrong by days. */
const OVERDUE = `
  select o.retrieval_ref as what from log.record o join log.retrieval_state s on s.retrieval_id = o.retrieval_ref
  where o.event in ${OPENED} and greatest(s.expires_at, o.log_time) < clock_timestamp() - make_interval(secs => $1)
    and not exists (select from log.record c where c.retrieval_ref = o.retrieval_ref and c.event in ${CLOSED})`;

/** Pairs of opened and closed, single use, withdrawals. `isOver`: the sweeper has had its time, nothing may be open. */
export async function checkPairs(client: ClientBase, isOver: boolean): Promise<readonly string[]> {
  const faults: string[] = [];
  const look = async (rule: string, query: string, values: readonly unknown[] = []) => {
    const { rows } = await client.query<{ what: string }>(query, [...values]);
    faults.push(...rows.map(({ what }) => `${rule}: ${what}`));
  };
  for (const [rule, query] of RULES) await look(rule, query);
  await look('a retrieval without outcome after its expiry', OVERDUE, [isOver ? 0 : SWEPT_S]);
  return faults;
}

/** How many were closed by nobody but a sweeper. */
export async function countUnknown(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) as count from log.record where outcome = 'unknown' and event in ${CLOSED}`,
  );
  return Number(rows[0]?.count);
}

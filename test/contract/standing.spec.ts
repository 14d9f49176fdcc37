import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresActivity } from '../../src/oversight/activity.postgres.js';
import { PostgresStanding, RETENTION, UNRECONCILED } from '../../src/oversight/standing.postgres.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';

const ENTRIES = 60_000;
const HOURS = 10;
const COMPARED = ['identity.opened', 'retrieval.opened', 'retrieval.resumed'];
const REGISTERS = ['melderegister-bremen', 'personenstand-bremen', 'gewerberegister-bremen'];

let database: LogDatabase;

/** Records of ten hours that were never appended, set-wise; a few of a class of their own, and every seventh erased. */
async function seed(): Promise<void> {
  await database.tamper(
    `insert into log.record (index, event, log_time, consumer, register, caller_salt, protected_hash, record_id, retention_class, epoch,
       wrapped_key, ciphertext)
     select i, (array['retrieval.opened', 'retrieval.closed', 'identity.opened', 'oversight.read'])[1 + i % 4],
       date_trunc('hour', now()) + interval '30 minutes' - (${ENTRIES} - i) * interval '${HOURS} hours' / ${ENTRIES},
       'familienkasse-online', ($1::text[])[1 + (i / 4) % 3], sha256(int8send(i)), sha256(int8send(-i)), md5(i::text)::uuid,
       case when i % 20011 = 20010 then 'rare' else 'standard' end, to_char(now(), 'YYYY-MM'), '\\x00', '\\x00'
     from generate_series(0::bigint, ${ENTRIES - 1}) as i where i % 7 <> 3`,
    [REGISTERS],
  );
  await database.tamper(
    `update log.head set size = ${ENTRIES}, checkpoint = 'none', log_time = now(),
       frontier = array_fill('\\x00'::bytea, array[bit_count(${ENTRIES}::bigint::bit(64))::int])`,
  );
}
const counted = async () => {
  const activity = new PostgresActivity(database.pool);
  while (await activity.rollUp());
};
const follow = (register: string, to: Date) =>
  database.tamper(
    `insert into app.reconciliation (register, reconciled_to) values ($1, $2)
     on conflict (register) do update set reconciled_to = excluded.reconciled_to`,
    [register, to],
  );
const timeOf = async (index: number): Promise<Date> => {
  const { rows } = await database.pool.query(
    'select log_time from log.record where index >= $1 order by index limit 1',
    [index],
  );
  return rows[0].log_time;
};
const facts = (blocks?: number, cutoff = new Date(0)) =>
  new PostgresStanding(database.pool, blocks).facts(0, Date.now() + 1000, [
    { retentionClass: 'standard', beforeMs: cutoff.getTime() },
    { retentionClass: 'rare', beforeMs: cutoff.getTime() },
    { retentionClass: 'without-records', beforeMs: cutoff.getTime() },
  ]);

beforeAll(async () => {
  database = await createLogDatabase();
  await seed();
}, 60_000);
afterAll(() => database.close());

describe('what is not reconciled yet (IDNrG § 9)', () => {
  it.each(['before anything is counted', 'once it is counted'])(
    'is as many as a plain count of the log finds, %s, wherever a register stands',
    async (when) => {
      if (when.startsWith('once')) await counted();
      for (const index of [0, 1, 5000, 8191, 8192, 20_000, 49_151, 49_152, 57_000, ENTRIES - 1]) {
        const to = await timeOf(index);
        for (const register of REGISTERS) await follow(register, to);
        const { reconciled } = await facts();
        const { rows } = await database.pool.query<{ register: string; n: string }>(
          `select register, count(*) as n from log.record
           where log_time >= $1 and event = any ($2) group by register order by register`,
          [to, COMPARED],
        );
        const plain = new Map(rows.map(({ register, n }) => [register, Number(n)]));
        expect(reconciled).toEqual(
          REGISTERS.toSorted().map((register) => ({
            ...{ register, toMs: to.getTime(), unreconciled: plain.get(register) ?? 0, hasMore: false },
          })),
        );
      }
    },
    60_000,
  );

  it('is nothing where a register was compared up to the end', async () => {
    // Records lie up to half an hour ahead, whatever the time of day.
    for (const register of REGISTERS) await follow(register, new Date(Date.now() + 3_600_000));
    expect((await facts()).reconciled.map(({ unreconciled }) => unreconciled)).toEqual([0, 0, 0]);
  });

  it('is counted in so many stretches at most, and said to be more where a register is further behind', async () => {
    const [behind = '', near = ''] = REGISTERS;
    await follow(behind, await timeOf(0));
    await follow(near, await timeOf(50_000));
    const few = (await facts(2)).reconciled;
    const all = (await facts()).reconciled;
    const of = (it: typeof few, name: string) => it.find(({ register }) => register === name)!;
    expect([of(few, behind).hasMore, of(all, behind).hasMore]).toEqual([true, false]);
    expect(of(few, behind).unreconciled).toBeLessThan(of(all, behind).unreconciled);
    expect(of(few, near)).toEqual(of(all, near));
  });
});

describe('the schedule of erasure (IDNrG § 9 Abs. 3)', () => {
  it('tells of each class its oldest record, what is past its term and what was erased', async () => {
    const cutoff = await timeOf(40_000);
    await database.tamper(
      `insert into log.erasure (index, retention_class, epoch, erased, root) values
         (1, 'standard', '2024-01', 40, ''), (2, 'standard', '2024-02', 2, ''), (3, 'rare', '2024-02', 5, '')`,
    );
    const plain = async (name: string) => {
      const { rows } = await database.pool.query(
        `select min(log_time) as oldest, count(*) filter (where log_time < $2)::int as due from log.record where retention_class = $1`,
        [name, cutoff],
      );
      return { retentionClass: name, oldestMs: rows[0].oldest.getTime(), due: rows[0].due, hasMoreDue: false };
    };
    const { due: _, ...standard } = await plain('standard');
    expect((await facts(undefined, cutoff)).retention).toEqual([
      { ...(await plain('rare')), erased: 5 },
      { ...standard, due: 10_000, hasMoreDue: true, erased: 42 },
      { retentionClass: 'without-records', oldestMs: undefined, due: 0, hasMoreDue: false, erased: 0 },
    ]);
    expect(
      (await facts(undefined, await timeOf(70))).retention.find((it) => it.retentionClass === 'standard'),
    ).toMatchObject({ due: await countBefore(70) });
  });
});

const countBefore = async (index: number) => {
  const { rows } = await database.pool.query(
    `select count(*)::int as n from log.record where index < $1 and retention_class = 'standard'`,
    [index],
  );
  return rows[0].n;
};

describe('what an overview asks for', () => {
  it('reads no table from end to end: it takes as long over ten million entries', async () => {
    await counted();
    await database.tamper('analyze log.record');
    await database.tamper('analyze app.activity');
    for (const register of REGISTERS) await follow(register, await timeOf(55_000));
    const plans = await Promise.all([
      database.pool.query(`explain (analyze, format json) ${UNRECONCILED}`, [COMPARED, 256]),
      database.pool.query(`explain (analyze, format json) ${RETENTION}`, [
        ...[
          ['standard', 'rare'],
          [new Date(0).toISOString(), new Date(0).toISOString()],
        ],
        ...[0, Date.now()],
      ]),
    ]);
    const [unreconciled = [], retention = []] = plans.map(({ rows }) => nodesOf(rows[0]['QUERY PLAN'][0].Plan));
    for (const node of [...unreconciled, ...retention])
      if (node['Relation Name'] === 'record') expect(node['Node Type']).not.toBe('Seq Scan');
    // Two stretches of each register at most, and what is not counted once more.
    expect(touched(unreconciled)).toBeLessThan(8192 * (REGISTERS.length + 1));
  });
});

type PlanNode = Readonly<{
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: readonly PlanNode[];
}>;

function nodesOf(plan: PlanNode): readonly PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** Rows of the log that were looked at. */
function touched(nodes: readonly PlanNode[]): number {
  return nodes
    .filter((it) => it['Relation Name'] === 'record')
    .reduce((sum, it) => sum + (it['Actual Rows'] + (it['Rows Removed by Filter'] ?? 0)) * it['Actual Loops'], 0);
}

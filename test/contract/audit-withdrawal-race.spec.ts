import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AuditReceipt, type LogStore, LogUnavailable, type NewEntry } from '../../src/audit/log-store.js';
import { randomStream } from '../../src/demo/people/random.js';
import { anEntry } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';

const RACES = 10_000;
const AT_ONCE = 500;

let database: LogDatabase;
beforeAll(async () => {
  database = await createLogDatabase();
});
afterAll(() => database.close());

/** Again where nothing was written: on a busy machine this process may hold the lock for longer than the database lets it. */
async function insist(store: LogStore, entries: readonly NewEntry[]): Promise<AuditReceipt[]> {
  for (;;) {
    try {
      return await store.append(entries);
    } catch (error) {
      if (!(error instanceof LogUnavailable) || error.written !== 'no') throw error;
    }
  }
}

const by = (trigger: string) => `retrieval-of-${trigger}`;

async function opened(store: LogStore, trigger: string): Promise<void> {
  const retrieval = by(trigger);
  await insist(store, [
    anEntry({
      effects: [
        { kind: 'grant-trigger', trigger },
        { kind: 'use-trigger', trigger, by: retrieval },
        { kind: 'open-retrieval', retrieval, expiresAt: new Date(Date.now() + 60_000) },
      ],
    }),
  ]);
}

function release(store: LogStore, trigger: string): Promise<AuditReceipt[]> {
  const retrieval = by(trigger);
  const caller = { event: 'retrieval.closed', consumer: 'familienkasse-test', outcome: 'released' } as const;
  return insist(store, [
    anEntry({
      caller: { ...caller, retrieval_ref: retrieval, trigger_id: trigger },
      effects: [
        { kind: 'trigger-in-force', trigger, by: retrieval },
        { kind: 'close-retrieval', retrieval },
      ],
    }),
  ]);
}

function withdraw(store: LogStore, trigger: string): Promise<AuditReceipt[]> {
  const caller = { event: 'trigger.withdrawn', consumer: 'familienkasse-test', trigger_id: trigger } as const;
  return insist(store, [anEntry({ caller, effects: [{ kind: 'withdraw-trigger', trigger }] })]);
}

type Race = Readonly<{
  trigger: string;
  released: PromiseSettledResult<AuditReceipt[]>;
  withdrawn: PromiseSettledResult<AuditReceipt[]>;
}>;

const indexOf = (settled: PromiseSettledResult<AuditReceipt[]>) =>
  settled.status === 'fulfilled' ? settled.value[0]!.index : undefined;

describe(`${RACES.toLocaleString('en')} races of a withdrawal and a release (GDPR Art. 7 (3))`, () => {
  const races: Race[] = [];

  beforeAll(async () => {
    const nodes = [database.store({ pool: database.poolOfNode() }), database.store({ pool: database.poolOfNode() })];
    const random = randomStream(1, 1);
    const oneOf = () => nodes[random.below(nodes.length)]!;
    for (let first = 0; first < RACES; first += AT_ONCE) {
      const triggers = Array.from({ length: AT_ONCE }, (_, at) => `raced-${first + at}`);
      await Promise.all(triggers.map((trigger) => opened(oneOf(), trigger)));
      const settled = triggers.map(async (trigger) => {
        const isReleaseFirst = random.chance(0.5);
        const [releasing, withdrawing] = [() => release(oneOf(), trigger), () => withdraw(oneOf(), trigger)];
        const started = (isReleaseFirst ? [releasing, withdrawing] : [withdrawing, releasing]).map((start) => start());
        const [one, other] = await Promise.allSettled(started);
        const [released, withdrawn] = isReleaseFirst ? [one!, other!] : [other!, one!];
        return { trigger, released, withdrawn };
      });
      races.push(...(await Promise.all(settled)));
    }
  }, 240_000);

  it('are all withdrawn, and each release was before or is refused as withdrawn', () => {
    expect(races).toHaveLength(RACES);
    expect(races.filter(({ withdrawn }) => withdrawn.status === 'rejected')).toEqual([]);
    const refused = races.flatMap(({ released }) => (released.status === 'rejected' ? [released.reason] : []));
    for (const reason of refused) expect(reason).toMatchObject({ name: 'EffectRefused', reason: 'WITHDRAWN' });
    const late = races.filter(({ released, withdrawn }) => (indexOf(released) ?? -1) > indexOf(withdrawn)!);
    expect(late).toEqual([]);
    // Without both endings this was no race.
    expect(refused.length).toBeGreaterThan(RACES / 20);
    expect(refused.length).toBeLessThan((19 * RACES) / 20);
  });

  it('have no release behind the withdrawal in the log, and no other release than those that were acknowledged', async () => {
    await database.superuser.query('analyze log.record');
    const { rows } = await database.superuser.query<{ trigger: string; released: string; withdrawn: string }>(
      `select w.trigger_id as trigger, c.index as released, w.index as withdrawn
         from log.record w left join log.record c
           on c.trigger_id = w.trigger_id and c.event = 'retrieval.closed' and c.outcome = 'released'
         where w.event = 'trigger.withdrawn'`,
    );
    expect(rows).toHaveLength(RACES);
    expect(rows.filter(({ released, withdrawn }) => released !== null && Number(released) > Number(withdrawn))).toEqual(
      [],
    );
    const logged = new Map(
      rows.map(({ trigger, released }) => [trigger, released === null ? undefined : Number(released)]),
    );
    expect(races.filter(({ trigger, released }) => logged.get(trigger) !== indexOf(released))).toEqual([]);
  });
});

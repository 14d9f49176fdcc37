import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool, QueryConfig } from 'pg';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { EVENTS } from '../../src/audit/record.js';
import { TriggerSeals } from '../../src/consent/trigger-seals.js';
import { PostgresTriggerStore } from '../../src/consent/trigger-store.postgres.js';
import { PostgresDeferralStore } from '../../src/exchange/deferral-store.postgres.js';
import { PostgresHeldStore } from '../../src/exchange/held-store.postgres.js';
import { PostgresMisidentified } from '../../src/exchange/misidentified.postgres.js';
import { PostgresPersonLimits } from '../../src/exchange/person-limits.postgres.js';
import { PostgresRepeatStore } from '../../src/exchange/repeat-store.postgres.js';
import { PostgresSealedAnswers } from '../../src/exchange/sealed-answers.postgres.js';
import { DurableJobs } from '../../src/platform/jobs/durable-jobs.js';
import { operationalLog } from '../../src/platform/operational-log.js';
import { subjectKeys } from '../../src/transparency/subject-keys.js';
import { anEntry } from '../audit/entries.js';
import { FixedClock, MemoryKeyVault } from '../audit/log-keys.js';
import { triggerStoreContract } from '../consent/trigger-store.contract.js';
import { deferralStoreContract } from '../exchange/deferral-store.contract.js';
import { heldStoreContract } from '../exchange/held-store.contract.js';
import { misidentifiedContract, pseudonymOf } from '../exchange/misidentified.contract.js';
import { personLimitsContract } from '../exchange/person-limits.contract.js';
import { repeatStoreContract } from '../exchange/repeat-store.contract.js';
import { aTrigger } from '../support/builders.js';
import { createNodeDatabase, type NodeDatabase } from '../support/node-database.js';

let database: NodeDatabase;
beforeAll(async () => {
  database = await createNodeDatabase();
});
afterAll(() => database.close());

function triggers(vault = new MemoryKeyVault()): PostgresTriggerStore {
  return new PostgresTriggerStore(database.pool, new TriggerSeals(vault, new FixedClock()));
}

function deferrals(): PostgresDeferralStore {
  const jobs = new DurableJobs(database.pool, operationalLog('node', 'silent'), {
    polledSeconds: 1,
    supervisedSeconds: 60,
  });
  return new PostgresDeferralStore(database.pool, {
    lookAt: (client, id, register, atMs) => jobs.put(client, 'deferral', id, register, atMs),
    tellOf: (client, id, consumer) => jobs.put(client, 'notice', id, consumer, 0),
  });
}

describe('PostgresDeferralStore keeps the contract of DeferralStore', () => {
  deferralStoreContract(async () => ({
    store: deferrals(),
    log: database.log,
    dueAt: async (id) => {
      const { rows } = await database.pool.query<{ due: Date }>(
        "select start_after as due from jobs.job where name = 'deferral' and data ->> 'id' = $1 order by created_on desc limit 1",
        [id],
      );
      return rows[0]?.due.getTime();
    },
    told: async (id) => {
      const sql = "select from jobs.job where name = 'notice' and data ->> 'id' = $1";
      return (await database.pool.query(sql, [id])).rowCount ?? 0;
    },
    isThere: async (id) => (await database.pool.query('select from app.deferral where id = $1', [id])).rowCount === 1,
  }));
});

describe('PostgresTriggerStore keeps the contract of TriggerStore', () => {
  triggerStoreContract(async () => ({ store: triggers(), log: database.log }));

  it('finds decisions by their ids, however many their requester has', async () => {
    const many = Array.from({ length: 500 }, () => aTrigger({ id: randomUUID() }));
    await triggers().put(many);
    const asked: QueryConfig[] = [];
    const query = (config: QueryConfig) => {
      asked.push(config);
      return database.pool.query(config);
    };
    const seals = new TriggerSeals(new MemoryKeyVault(), new FixedClock());
    await new PostgresTriggerStore({ query } as unknown as Pool, seals).find('requester', ['id']);
    // As it is planned once for a connection, before anything is known of the tables.
    const { rows } = await database.pool.query<Record<string, string>>(`explain (generic_plan) ${asked[0]?.text}`);
    const plan = rows.flatMap(Object.values).join('\n');
    expect(plan).toContain('trigger_id_key');
    expect(plan).not.toContain('trigger_requester');
  });
});

describe('PostgresRepeatStore keeps the contract of RepeatStore', () => {
  repeatStoreContract(async () => ({
    store: new PostgresRepeatStore(database.pool),
    answers: new PostgresSealedAnswers(database.pool, deferrals()),
  }));
});

describe('PostgresHeldStore keeps the contract of HeldStore', () => {
  heldStoreContract(async () => ({
    store: new PostgresHeldStore(database.pool),
    answers: new PostgresSealedAnswers(database.pool, deferrals()),
    log: database.log,
  }));
});

describe('PostgresPersonLimits keeps the contract of PersonLimits', () => {
  personLimitsContract(async () => new PostgresPersonLimits(database.pool));

  it('forgets the persons with the count', async () => {
    const limits = new PostgresPersonLimits(database.pool);
    const startsAt = Date.UTC(2020, 1, 1);
    await limits.take('somebody', [{ consumer: 'c', rule: 'old', per: 'day', max: 9, startsAt, endsAt: startsAt }]);
    await limits.destroyExpired();
    const { rows } = await database.pool.query("select 1 from app.person_asked where rule_id = 'old'");
    expect(rows).toEqual([]);
  });
});

describe('PostgresMisidentified keeps the contract of Misidentified', () => {
  misidentifiedContract(async () => ({
    misidentified: new PostgresMisidentified(database.pool, (person) => subjectKeys(database.vault, [person])),
    write: async ({ decider, ...caller }) => {
      const persons = decider === undefined ? [] : [pseudonymOf(caller.consumer, decider)];
      const [receipt] = await database.log.append([anEntry({ caller, persons })]);
      await sleep(2);
      return Date.parse(receipt?.opening.caller.log_time ?? '');
    },
  }));

  it('finds an anomaly by its reason, as an officer does: it names the consumer and no person', async () => {
    const caller = { event: 'anomaly', consumer: 'guessing-online', reason: 'TOO_MANY_MISIDENTIFICATIONS' } as const;
    await database.log.append([{ caller, protected: {}, persons: [], effects: [] }]);
    const found = await new PostgresLogReader(database.pool).list(
      { reason: caller.reason, consumer: caller.consumer },
      Number.MAX_SAFE_INTEGER,
      10,
    );
    expect(found.map((it) => it.caller)).toMatchObject([caller]);
    const { rows } = await database.pool.query('select 1 from log.subject_index where index = $1', [found[0]?.index]);
    expect(rows).toEqual([]);
  });

  it('reads an index, however large the log is', async () => {
    const text = `explain select log_time from log.record where event = 'exchange.closed'
      and reason = 'SUBJECT_NOT_AVAILABLE' and consumer = 'c' and log_time >= now() order by log_time desc offset 9 limit 1`;
    const client = await database.pool.connect();
    try {
      await client.query('set enable_seqscan = off');
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(text);
      expect(JSON.stringify(rows)).toContain('record_misidentified');
    } finally {
      await client.query('reset enable_seqscan');
      client.release();
    }
  });
});

describe('the database of a node', () => {
  it.each(EVENTS)('takes an entry of %s', async (event) => {
    const [receipt] = await database.log.append([anEntry({ caller: { event, consumer: 'c' } })]);
    expect(receipt?.opening.caller.event).toBe(event);
  });

  it('lets nobody change or delete a decision, not even the node (design 4)', async () => {
    const trigger = aTrigger({ id: randomUUID() });
    await triggers().put([trigger]);
    for (const change of ["content = 'x'", "requester = 'x'", "epoch = 'x'", 'expires_at = now()'])
      await expect(database.pool.query(`update app.trigger set ${change}`)).rejects.toMatchObject({ code: '42501' });
    for (const removal of ['delete from app.trigger', 'truncate app.trigger', 'select app.forget_unlogged()'])
      await expect(database.pool.query(removal)).rejects.toMatchObject({ code: '42501' });
  });
});

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditLog } from '../../src/audit/audit-log.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import type { AuditReceipt, NewEntry } from '../../src/audit/log-store.js';
import { TriggerSeals } from '../../src/consent/trigger-seals.js';
import { PostgresTriggerStore } from '../../src/consent/trigger-store.postgres.js';
import { PostgresEraser } from '../../src/erasure/eraser.postgres.js';
import { Erasure } from '../../src/erasure/erasure.js';
import { DeferralSeals } from '../../src/exchange/deferral-seals.js';
import { PostgresDeferralStore } from '../../src/exchange/deferral-store.postgres.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { DirectoryTombstones } from '../../src/vault/tombstones.directory.js';
import { PERSON } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { FixedClock } from '../audit/log-keys.js';
import { aTrigger } from '../support/builders.js';

const NOW = Date.UTC(2026, 10, 23, 12);
const OLD = Date.UTC(2024, 9, 15, 8);
const WHY = { reason: 'request of the person', fileReference: 'AZ 7/2026', orderedBy: 'office 3' };
const REQUESTER = 'familienkasse-test';

let database: LogDatabase;
let folder: string;
let vault: DirectoryKeyVault;
let erasure: Erasure;

beforeEach(async () => {
  database = await createLogDatabase();
  folder = await mkdtemp(join(tmpdir(), 'einmal-forgetting-'));
  vault = new DirectoryKeyVault(join(folder, 'vault'));
  const clock = new FixedClock(NOW);
  erasure = new Erasure({
    reader: new PostgresLogReader(database.pool),
    audit: new AuditLog(database.store({ vault, clock })),
    eraser: new PostgresEraser(database.purge),
    vault,
    tombstones: new DirectoryTombstones(join(folder, 'tombstones')),
    clock,
    node: 'node',
  });
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

function triggersAt(ms: number): PostgresTriggerStore {
  return new PostgresTriggerStore(database.pool, new TriggerSeals(vault, new FixedClock(ms)));
}

const NO_JOBS = { lookAt: async () => undefined, tellOf: async () => undefined };
const seals = (ms: number) => new DeferralSeals(new TriggerSeals(vault, new FixedClock(ms)));

/** Everything of one exchange that is about its persons: decided, granted, used, kept open for later, released, and decided again. */
async function anExchange(ms: number) {
  const [id, retrieval, exchange] = [
    `trigger-${randomUUID()}`,
    `retrieval-${randomUUID()}`,
    `exchange-${randomUUID()}`,
  ];
  const deferral = randomUUID();
  const [decider, commitment] = [`pseudonym-${randomUUID()}`, `commitment-${randomUUID()}`];
  const subject = { role: 'child', commitment };
  const decision = { requester: REQUESTER, decider, subject, exp: Math.floor(ms / 1000) + 600 };
  const trigger = aTrigger({ id, decision, attestation: `attestation-${randomUUID()}`, commitmentSalt: `salt-${id}` });
  await triggersAt(ms).put([trigger]);
  const plan = await seals(ms).close('plan', deferral, { decider, commitment, salt: trigger.commitmentSalt } as never);
  await new PostgresDeferralStore(database.pool, NO_JOBS).put([
    {
      ...{ id: deferral, exchangeId: exchange, consumer: REQUESTER, retrieval, triggers: [id], plan },
      register: 'r',
      ...{ evidenceType: 'entgelt', subjectRole: 'parent', availableAt: ms, dueAt: ms, expiresAt: ms + 60_000 },
    },
  ]);
  const entry = (event: NewEntry['caller']['event'], effects: NewEntry['effects']): NewEntry => ({
    caller: { event, consumer: REQUESTER, trigger_id: id, retrieval_ref: retrieval, exchange_ref: exchange },
    protected: { subjects: [{ role: 'child', person: PERSON }] },
    persons: [
      { person: PERSON, as: 'subject' },
      { person: { kind: 'pseudonym', issuer: 'pages', value: decider }, as: 'decider' },
    ],
    effects,
  });
  const receipts = await database.store({ vault, clock: new FixedClock(ms) }).append([
    entry('trigger.granted', [{ kind: 'grant-trigger', trigger: id }]),
    entry('retrieval.opened', [
      { kind: 'open-retrieval', retrieval, expiresAt: new Date(ms + 60_000) },
      { kind: 'use-trigger', trigger: id, by: retrieval },
    ]),
    entry('retrieval.closed', [{ kind: 'close-retrieval', retrieval }]),
    entry('trigger.withdrawn', [{ kind: 'withdraw-trigger', trigger: id }]),
  ]);
  const [granted, opened, closed, withdrawn] = receipts as [AuditReceipt, AuditReceipt, AuditReceipt, AuditReceipt];
  const inTheClear = { decider, commitment, attestation: trigger.attestation, salt: trigger.commitmentSalt };
  const references = { id, retrieval, exchange, deferral };
  return { trigger, granted, opened, closed, withdrawn, receipts, inTheClear, references };
}

/** Tables of whatever schema that hold one of these anywhere, as text or as bytes. */
async function tablesWith(markers: readonly string[]): Promise<string[]> {
  const { rows: tables } = await database.superuser.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const sought = markers.flatMap((it) => [it, Buffer.from(it).toString('hex'), Buffer.from(it).toString('base64url')]);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await database.superuser.query(
      `select from ${name} as row where exists (select from unnest($1::text[]) as m (it) where strpos(row::text, it) > 0)`,
      [sought],
    );
    if (rowCount) found.push(name);
  }
  return found;
}

const moved = (receipts: readonly AuditReceipt[], ms: number) =>
  database.tamper('update log.record set log_time = $2 where index = any ($1)', [
    receipts.map(({ index }) => index),
    new Date(ms).toISOString(),
  ]);
const idsOf = async (receipts: readonly AuditReceipt[]): Promise<string[]> => {
  const { rows } = await database.pool.query<{ record_id: string }>(
    'select record_id from log.record where index = any ($1)',
    [receipts.map(({ index }) => index)],
  );
  return rows.map((row) => row.record_id);
};
const count = async (table: string): Promise<number> =>
  Number((await database.superuser.query(`select count(*) as n from ${table}`)).rows[0].n);

describe('a copy of the database', () => {
  it('tells nothing of a decision: who decided, about whom, what opens the commitment (design 6)', async () => {
    const { inTheClear, references } = await anExchange(NOW);
    expect(await tablesWith(Object.values(inTheClear))).toEqual([]);
    expect(await tablesWith(Object.values(references))).toEqual([
      ...['app.deferral', 'app.trigger', 'app.trigger_salt', 'log.record', 'log.retrieval_state', 'log.trigger_state'],
    ]);
  });

  it('is no use with a decision of another, moved to this one', async () => {
    const [one, other] = [await anExchange(NOW), await anExchange(NOW)];
    await database.tamper(
      'update app.trigger t set content = o.content from app.trigger o where t.id = $1 and o.id = $2',
      [one.trigger.id, other.trigger.id],
    );
    const found = await triggersAt(NOW).find(REQUESTER, [one.trigger.id, other.trigger.id]);
    expect(found.map(({ id }) => id)).toEqual([other.trigger.id]);
  });
});

describe('forgotten is forgotten', () => {
  it('after the purge no table of any schema holds anything of the exchange (IDNrG § 9 Abs. 3)', async () => {
    const { receipts, inTheClear, references } = await anExchange(OLD);
    const young = await anExchange(NOW);
    await moved(receipts, OLD);
    const [statement] = await erasure.purge(new Map());
    expect(statement).toMatchObject({ count: 4, keys_destroyed: true });
    expect(await tablesWith([...Object.values(inTheClear), ...Object.values(references)])).toEqual([]);
    expect(await triggersAt(NOW).find(REQUESTER, [young.trigger.id])).toEqual([
      { ...young.trigger, state: 'withdrawn' },
    ]);
  });

  it('after a single erasure neither, of what was erased (DSGVO Art. 17)', async () => {
    const { receipts, inTheClear, references } = await anExchange(NOW);
    const other = await anExchange(NOW);
    await erasure.erase(await idsOf(receipts), WHY);
    expect(await tablesWith([...Object.values(inTheClear), ...Object.values(references)])).toEqual([]);
    expect(await triggersAt(NOW).find(REQUESTER, [other.trigger.id])).toHaveLength(1);
  });

  it('whoever holds a backup from before opens no decision of a month whose keys were destroyed', async () => {
    const { trigger, receipts } = await anExchange(OLD);
    await database.superuser.query('create schema backup');
    for (const table of ['app.trigger', 'app.trigger_salt', 'log.trigger_state'])
      await database.superuser.query(`create table backup.${table.split('.')[1]} as select * from ${table}`);
    await moved(receipts, OLD);
    await erasure.purge(new Map());
    expect(await count('app.trigger')).toBe(0);
    await database.tamper(`insert into app.trigger overriding system value select * from backup.trigger`);
    await database.tamper(`insert into app.trigger_salt select * from backup.trigger_salt`);
    await database.tamper(`insert into log.trigger_state select * from backup.trigger_state`);
    expect(await triggersAt(NOW).find(REQUESTER, [trigger.id])).toEqual([]);
    expect(await triggersAt(NOW).attestations([trigger.id])).toEqual(new Map());
  });

  it('a restore that brings records back brings no decision back: they are erased again together', async () => {
    const { receipts, references } = await anExchange(NOW);
    const tables = ['log.record', 'log.subject_index', 'log.trigger_state', 'log.retrieval_state', 'app.trigger'];
    await database.superuser.query('create schema backup');
    for (const table of tables)
      await database.superuser.query(`create table backup.${table.replace('.', '_')} as select * from ${table}`);
    await erasure.erase(await idsOf(receipts), WHY);
    for (const table of tables)
      await database.tamper(
        `insert into ${table} overriding system value select * from backup.${table.replace('.', '_')} on conflict do nothing`,
      );
    await database.superuser.query('drop schema backup cascade');
    expect(await tablesWith(Object.values(references))).toEqual([
      ...['app.trigger', 'log.record', 'log.retrieval_state', 'log.trigger_state'],
    ]);
    await erasure.reapply();
    expect(await tablesWith(Object.values(references))).toEqual([]);
  });
});

describe('a decision and the state of it', () => {
  it('stay as long as an entry about them stays', async () => {
    const { trigger, granted, opened, closed, withdrawn } = await anExchange(NOW);
    const found = () => triggersAt(NOW).find(REQUESTER, [trigger.id]);
    await erasure.erase(await idsOf([granted, opened]), WHY);
    expect([(await found()).length, await count('log.retrieval_state')]).toEqual([1, 1]);
    await erasure.erase(await idsOf([closed]), WHY);
    expect([(await found()).length, await count('log.retrieval_state')]).toEqual([1, 0]);
    await erasure.erase(await idsOf([withdrawn]), WHY);
    expect([(await found()).length, await count('app.trigger'), await count('log.trigger_state')]).toEqual([0, 0, 0]);
  });

  it('that never came into the log is forgotten by the purge, once nobody can grant it any more', async () => {
    const stored = (ms: number) => aTrigger({ id: randomUUID(), decision: { exp: Math.floor(ms / 1000) } });
    await triggersAt(NOW).put([stored(Date.now() - 7_200_000), stored(Date.now())]);
    await erasure.purge(new Map());
    expect(await count('app.trigger')).toBe(1);
  });

  it('is not forgotten under the hands of a withdrawal: the entry that comes in between keeps it', async () => {
    const { trigger, granted, opened, closed } = await anExchange(NOW);
    await database.tamper('update log.trigger_state set withdrawn_index = null');
    await database.tamper("delete from log.record where event = 'trigger.withdrawn'");
    // The withdrawal has written the state, and is not committed yet.
    const withdrawing = await database.superuser.connect();
    await withdrawing.query('begin; set local session_replication_role = replica');
    await withdrawing.query('update log.trigger_state set withdrawn_index = 3');
    const erasing = erasure.erase(await idsOf([granted, opened, closed]), WHY);
    await untilBlocked();
    await withdrawing.query(
      `insert into log.record (index, event, log_time, consumer, trigger_id, caller_salt, protected_hash, record_id,
         retention_class, epoch, wrapped_key, ciphertext)
       select 3, 'trigger.withdrawn', log_time, consumer, trigger_id, caller_salt, protected_hash, gen_random_uuid(),
         retention_class, epoch, '', ''
       from log.record where index = 0`,
    );
    await withdrawing.query('commit');
    withdrawing.release();
    await erasing;
    expect(await triggersAt(NOW).find(REQUESTER, [trigger.id])).toMatchObject([{ state: 'withdrawn' }]);
  });
});

/** Until the purge waits for a lock. */
async function untilBlocked(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rowCount } = await database.superuser.query(
      "select from pg_stat_activity where usename = $1 and wait_event_type = 'Lock'",
      [database.purgeRole],
    );
    if (rowCount) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the erasure waits for nobody');
}

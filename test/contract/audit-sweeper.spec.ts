import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyTlogProof } from '#libs/tlog/tlog-proof.js';
import type { Effect } from '../../src/audit/effect.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import type { LogStore, NewEntry } from '../../src/audit/log-store.js';
import { openRecord } from '../../src/audit/record-cipher.js';
import { subjectKey } from '../../src/audit/subject-index.js';
import { Sweeper } from '../../src/audit/sweeper.js';
import { anEntry, PERSON } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { logSigner, MemoryKeyVault } from '../audit/log-keys.js';

let database: LogDatabase;
const vault = new MemoryKeyVault();
beforeAll(async () => {
  database = await createLogDatabase();
});
afterAll(() => database.close());

const past = () => new Date(Date.now() - 1000);
const future = () => new Date(Date.now() + 60_000);

function opening(retrieval: string, expiresAt = past(), caller: Partial<NewEntry['caller']> = {}): NewEntry {
  return anEntry({
    caller: {
      event: 'retrieval.opened',
      consumer: 'familienkasse-test',
      register: 'melderegister-test',
      evidence_type: 'meldebestaetigung',
      purpose: 'kindergeld',
      legal_basis: 'egovg-5',
      exchange_ref: '7b0f1f4e-0000-4000-8000-000000000001',
      retrieval_ref: retrieval,
      subject_role: 'child',
      trigger_id: `trigger-of-${retrieval}`,
      ...caller,
    },
    protected: { subjects: [{ role: 'child', person: PERSON }], register_refs: { 'melderegister-test': 'own-ref' } },
    effects: [{ kind: 'open-retrieval', retrieval, expiresAt }],
  });
}

function sweeper(store: LogStore = database.store({ vault }), limit?: number): Sweeper {
  return new Sweeper(new PostgresLogReader(database.pool), store, vault, 'node', limit);
}

async function closingOf(retrieval: string) {
  const { rows } = await database.pool.query(
    `select r.* from log.retrieval_state s join log.record r on r.index = s.closed_index where s.retrieval_id = $1`,
    [retrieval],
  );
  return rows[0];
}

describe('a retrieval without final outcome', () => {
  it('is closed as unknown once its expiry has passed, with the clear columns of its opening', async () => {
    await database.store({ vault }).append([opening('orphan')]);
    expect(await sweeper().sweep()).toBe(1);
    const closing = await closingOf('orphan');
    expect(closing).toMatchObject({
      event: 'retrieval.closed',
      outcome: 'unknown',
      reason: null,
      consumer: 'familienkasse-test',
      register: 'melderegister-test',
      evidence_type: 'meldebestaetigung',
      purpose: 'kindergeld',
      legal_basis: 'egovg-5',
      exchange_ref: '7b0f1f4e-0000-4000-8000-000000000001',
      retrieval_ref: 'orphan',
      subject_role: 'child',
      trigger_id: 'trigger-of-orphan',
      release_digest: null,
    });
    expect(await sweeper().sweep()).toBe(0);
  });

  it('says why in the protected half, and is found by the person of its opening', async () => {
    await database.store({ vault }).append([opening('found-again')]);
    await sweeper().sweep();
    const closing = await closingOf('found-again');
    const epoch = { retentionClass: closing.retention_class, month: closing.epoch };
    const keys = await vault.obtain(epoch);
    const sealed = {
      recordId: closing.record_id,
      epoch,
      wrappedKey: closing.wrapped_key,
      ciphertext: closing.ciphertext,
    };
    expect(openRecord(sealed, keys).part).toEqual({
      cause: 'NO_OUTCOME_BEFORE_EXPIRY',
      subjects: [{ role: 'child', person: PERSON }],
      register_refs: { 'melderegister-test': 'own-ref' },
    });
    const { rowCount } = await database.pool.query(
      `select from log.subject_index where key = $1 and index = $2 and capacity = 'subject'`,
      [subjectKey(keys.indexKey, PERSON), closing.index],
    );
    expect(rowCount).toBe(1);
  });

  it('that is a lookup is closed as one', async () => {
    await database.store({ vault }).append([opening('lookup', past(), { event: 'identity.opened' })]);
    await sweeper().sweep();
    expect(await closingOf('lookup')).toMatchObject({ event: 'identity.closed', outcome: 'unknown' });
  });

  it('is closed also when the key of its opening was destroyed meanwhile (IDNrG § 9 Abs. 3)', async () => {
    const lost = new MemoryKeyVault();
    await database.store({ vault: lost }).append([opening('keyless')]);
    await lost.destroy({ retentionClass: 'standard', month: '2026-11' });
    const late = new Sweeper(new PostgresLogReader(database.pool), database.store({ vault }), lost, 'node');
    expect(await late.sweep()).toBe(1);
    expect(await closingOf('keyless')).toMatchObject({ outcome: 'unknown' });
  });

  it('is closed also when the record of its opening was altered in the database', async () => {
    const other = new MemoryKeyVault();
    other.made.set('standard 2026-11', { wrapKey: Buffer.alloc(32, 7), indexKey: Buffer.alloc(32, 7) });
    await database.store({ vault: other }).append([opening('altered')]);
    expect(await sweeper().sweep()).toBe(1);
    expect(await closingOf('altered')).toMatchObject({ outcome: 'unknown' });
  });

  it.each([
    ['a text that is none', "purpose = chr(13) || 'x'"],
    ['a month that is none', "epoch = '2026-99', retention_class = 'no class'"],
    ['an event that is none', "event = 'x'"],
    ['a time that is none', "log_time = 'infinity'"],
  ])('is closed by its id alone where its opening has %s, and hides no other', async (what, set) => {
    const [altered, other] = [`altered ${what}`, `beside ${what}`];
    const [receipt] = await database.store({ vault }).append([opening(altered), opening(other)]);
    await database.tamper('alter table log.record drop constraint if exists record_event_check');
    await database.tamper(`update log.record set ${set} where index = $1`, [receipt!.index]);
    expect(await sweeper().sweep()).toBe(2);
    expect(await closingOf(altered)).toMatchObject({ consumer: 'node', retrieval_ref: altered, outcome: 'unknown' });
    expect(await closingOf(other)).toMatchObject({ consumer: 'familienkasse-test', outcome: 'unknown' });
  });

  it('is closed also when the record of its opening was erased meanwhile (IDNrG § 9 Abs. 3)', async () => {
    const [receipt] = await database.store({ vault }).append([opening('erased')]);
    await database.tamper('delete from log.record where index = $1', [receipt!.index]);
    expect(await sweeper().sweep()).toBe(1);
    expect(await closingOf('erased')).toMatchObject({ consumer: 'node', retrieval_ref: 'erased', outcome: 'unknown' });
  });

  it('is left alone before its expiry, and after a final outcome of its own', async () => {
    const store = database.store({ vault });
    await store.append([opening('young', future()), opening('ended')]);
    await store.append([anEntry({ effects: [{ kind: 'close-retrieval', retrieval: 'ended' }] })]);
    expect(await sweeper().sweep()).toBe(0);
    expect(await closingOf('young')).toBeUndefined();
    expect(await closingOf('ended')).toMatchObject({ event: 'retrieval.opened', outcome: null });
  });
});

describe('the race for the final outcome', () => {
  it('is lost by a node that wakes up late: its release is refused and none of it written (design 3)', async () => {
    const [late, other] = [database.store({ vault, pool: database.poolOfNode() }), database.store({ vault })];
    const trigger = 'paused-trigger';
    const effects: Effect[] = [
      { kind: 'grant-trigger', trigger },
      { kind: 'use-trigger', trigger, by: 'paused' },
    ];
    await late.append([anEntry({ effects }), opening('paused')]);
    // The node is paused here: evidence in hand, release not yet logged.
    expect(await sweeper(other).sweep()).toBe(1);
    const { size } = await other.head();
    const release = late.append([
      anEntry({
        caller: { event: 'retrieval.closed', consumer: 'familienkasse-test', outcome: 'released' },
        effects: [
          { kind: 'trigger-in-force', trigger, by: 'paused' },
          { kind: 'close-retrieval', retrieval: 'paused' },
        ],
      }),
      anEntry({ caller: { event: 'exchange.closed', consumer: 'familienkasse-test', outcome: 'released' } }),
    ]);
    await expect(release).rejects.toMatchObject({ name: 'EffectRefused', reason: 'ALREADY_CLOSED' });
    expect((await other.head()).size).toBe(size);
    expect(await closingOf('paused')).toMatchObject({ outcome: 'unknown' });
  });

  it('is lost by the sweeper where the release came first between its look and its append', async () => {
    const store = database.store({ vault });
    await store.append([opening('just-in-time')]);
    class Slow extends PostgresLogReader {
      override async orphans(limit: number) {
        const found = await super.orphans(limit);
        await store.append([anEntry({ effects: [{ kind: 'close-retrieval', retrieval: 'just-in-time' }] })]);
        return found;
      }
    }
    expect(await new Sweeper(new Slow(database.pool), store, vault, 'node').sweep()).toBe(0);
    expect(await closingOf('just-in-time')).toMatchObject({ outcome: null });
  });

  it('has one winner for each retrieval when several nodes sweep at once, and every closing is proven', async () => {
    const ids = Array.from({ length: 60 }, (_, i) => `raced-${i}`);
    await database.store({ vault }).append(ids.map((id) => opening(id)));
    const { size } = await database.store().head();
    const nodes = Array.from({ length: 3 }, () => sweeper(database.store({ vault, pool: database.poolOfNode() })));
    const counts = await Promise.all(nodes.map((node) => node.sweep()));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect((await database.store().head()).size).toBe(size + 60);
    const [receipt] = await database.store({ vault }).append([anEntry()]);
    expect(verifyTlogProof(receipt!.tlogProof(), receipt!.leaf, logSigner.vkey).index).toBe(size + 60);
  });
});

describe('one run', () => {
  it('closes no more than its bound, longest overdue first', async () => {
    const at = Date.now() - 100_000;
    await database
      .store({ vault })
      .append(Array.from({ length: 5 }, (_, i) => opening(`bounded-${i}`, new Date(at - i * 1000))));
    expect(await sweeper(undefined, 2).sweep()).toBe(2);
    expect([await closingOf('bounded-4'), await closingOf('bounded-3')]).toEqual(
      Array(2).fill(expect.objectContaining({ outcome: 'unknown' })),
    );
    expect(await closingOf('bounded-2')).toBeUndefined();
    expect(await sweeper(undefined, 100).sweep()).toBe(3);
  });

  it('is shared by those who ask while it runs', async () => {
    await database.store({ vault }).append([opening('shared')]);
    const one = sweeper();
    expect(await Promise.all([one.sweep(), one.sweep()])).toEqual([1, 1]);
  });

  it('leaves for the next run what the log has no room for', async () => {
    await database.store({ vault }).append(Array.from({ length: 4 }, (_, i) => opening(`crowded-${i}`)));
    const crowded = sweeper(database.store({ vault, maxWaiting: 2 }));
    const first = await crowded.sweep();
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(4);
    expect(first + (await sweeper().sweep())).toBe(4);
  });

  it('tells that the log cannot be written', async () => {
    await database.store({ vault }).append([opening('unwritable')]);
    const failing = new MemoryKeyVault();
    failing.failing = true;
    await expect(
      new Sweeper(new PostgresLogReader(database.pool), database.store({ vault: failing }), vault, 'node').sweep(),
    ).rejects.toMatchObject({ name: 'LogUnavailable' });
    expect(await sweeper().sweep()).toBe(1);
  });
});

import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { type Batch, buildBatch, draftEntry } from '../../src/audit/append-batch.js';
import { appendBatch, encodeCall } from '../../src/audit/append-call.postgres.js';
import { CurrentKeys } from '../../src/audit/current-keys.js';
import { lockHead } from '../../src/audit/head-lock.postgres.js';
import type { OperationalLog } from '../../src/platform/operational-log.js';
import { anEntry } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { FixedClock, forger, logSigner, MemoryKeyVault } from '../audit/log-keys.js';

let database: LogDatabase;
beforeEach(async () => {
  database = await createLogDatabase();
});
afterEach(() => database.close());

/** What a login of the node may write: a batch that the functions of the database accept. */
async function forge(change: (batch: Batch, before: string) => Partial<Batch>, signer = logSigner): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    const { range, logTime, checkpoint } = await lockHead(client, []);
    const keys = new CurrentKeys(new MemoryKeyVault(), new FixedClock());
    const drafts = [await draftEntry(anEntry(), keys, Date.now())];
    const batch = buildBatch({ range, checkpoint }, logTime, drafts, signer);
    await appendBatch(client, encodeCall({ ...batch, ...change(batch, checkpoint ?? '') }));
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** A note is its text, an empty line, and the signatures. */
const textOf = (note: string) => note.slice(0, note.indexOf('\n\n') + 2);
const signaturesOf = (note: string) => note.slice(note.indexOf('\n\n') + 2);

describe('a head that the log did not sign (RFC 6962 § 7.3: two views of one log)', () => {
  const forgeries: readonly (readonly [what: string, forge: () => Promise<void>])[] = [
    ['signed with another key under the name of the log', () => forge(() => ({}), forger)],
    ['without a signature', () => forge(({ checkpoint }) => ({ checkpoint: `${textOf(checkpoint)}no signature` }))],
    [
      'with the signature of the head before',
      () => forge(({ checkpoint }, before) => ({ checkpoint: `${textOf(checkpoint)}${signaturesOf(before)}` })),
    ],
    [
      'whose root is not that of its tree',
      () =>
        forge(({ range: { size } }) => {
          const root = randomBytes(32);
          return { rootHash: root, checkpoint: signCheckpoint({ origin: logSigner.name, size, root }, [forger]) };
        }),
    ],
    [
      'whose tree is not the one that was signed',
      () => forge(({ range: { size, nodes } }) => ({ range: { size, nodes: nodes.map(() => randomBytes(32)) } })),
    ],
  ];

  it.each(forgeries)('is not signed over: %s', async (_what, write) => {
    const lines: string[] = [];
    const log: OperationalLog = { info: () => {}, warn: () => {}, error: (_details, message) => lines.push(message) };
    const [running, started] = [database.store({ log }), database.store({ log })];
    // Twice found as it was left: from here on the running node goes ahead of the lock.
    for (let i = 0; i < 3; i++) await running.append([anEntry()]);
    await write();
    const head = await running.head();
    for (const store of [running, started])
      await expect(store.append([anEntry()])).rejects.toMatchObject({ name: 'LogUnavailable', written: 'no' });
    expect(await running.head()).toEqual(head);
    expect(lines).toEqual([expect.stringMatching(/head|checkpoint/), expect.stringMatching(/head|checkpoint/)]);
  });

  it('is not appended to where an older state was restored beneath the running node, although its signature is valid', async () => {
    const store = database.store();
    await store.append([anEntry()]);
    const older = await store.head();
    for (let i = 0; i < 3; i++) await store.append([anEntry()]);
    for (const table of ['record', 'entry', 'subject_index'])
      await database.tamper(`delete from log.${table} where index >= 1`);
    await database.tamper('delete from log.node');
    await database.tamper('update log.head set size = $1, root = $2, frontier = $3, checkpoint = $4', [
      ...[older.size, older.root, older.frontier, older.checkpoint],
    ]);
    await expect(store.append([anEntry()])).rejects.toMatchObject({ name: 'LogUnavailable', written: 'no' });
    expect((await store.head()).size).toBe(1);
  });

  it.each([
    ['frontier', 'update log.head set frontier[1] = set_byte(frontier[1], 3, get_byte(frontier[1], 3) # 1)'],
    ['signature', `update log.head set checkpoint = overlay(checkpoint placing 'AAAA' from length(checkpoint) - 10)`],
  ])('is not appended to by the node that wrote it, where its %s alone was changed', async (_part, change) => {
    for (const appends of [1, 3]) {
      const store = database.store();
      for (let i = 0; i < appends; i++) await store.append([anEntry()]);
      const { frontier, checkpoint } = await store.head();
      await database.tamper(change);
      await expect(store.append([anEntry()])).rejects.toMatchObject({ name: 'LogUnavailable', written: 'no' });
      await database.tamper('update log.head set frontier = $1, checkpoint = $2', [frontier, checkpoint]);
      await expect(store.append([anEntry()])).resolves.toHaveLength(1);
    }
  });

  it('is none that another node signed with the key of the log: that one is appended to', async () => {
    const [one, other] = [database.store(), database.store({ pool: database.poolOfNode() })];
    for (const store of [one, other, other, one]) await store.append([anEntry()]);
    expect((await one.head()).size).toBe(4);
  });
});

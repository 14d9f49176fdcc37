import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { restoreRange } from '#libs/merkle/compact-range.js';
import { buildBatch, draftEntry } from '../../src/audit/append-batch.js';
import { parameters } from '../../src/audit/append-call.postgres.js';
import { CurrentKeys } from '../../src/audit/current-keys.js';
import { lockHead } from '../../src/audit/head-lock.postgres.js';
import { auditMigrations } from '../../src/audit/migrations/audit-migrations.js';
import { CALLER_DETAILS } from '../../src/audit/record.js';
import { anEntry, withEffects } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';

let database: LogDatabase;
beforeAll(async () => {
  database = await createLogDatabase();
  const grants = ['t', 'spent', 'gone'].map((trigger) => ({ kind: 'grant-trigger', trigger }) as const);
  await database
    .store()
    .append([
      withEffects(
        ...grants,
        { kind: 'open-retrieval', retrieval: 'done', expiresAt: new Date() },
        { kind: 'once', name: 'taken' },
      ),
      withEffects({ kind: 'use-trigger', trigger: 'spent', by: 'r' }, { kind: 'close-retrieval', retrieval: 'done' }),
      withEffects({ kind: 'withdraw-trigger', trigger: 'gone' }),
    ]);
});
afterAll(() => database.close());

const TABLES = ['head', 'entry', 'node', 'record', 'subject_index', 'trigger_state', 'retrieval_state', 'once'];

describe('the role of the node', () => {
  it.each(TABLES)('may read log.%s', async (table) => {
    await expect(database.pool.query(`select * from log.${table}`)).resolves.toBeDefined();
  });

  it.each(
    TABLES.flatMap((table) => [
      `insert into log.${table} default values`,
      `delete from log.${table}`,
      `truncate log.${table}`,
    ]),
  )('may not %s', async (sql) => {
    await expect(database.pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    'update log.head set size = size',
    'update log.entry set leaf = leaf',
    'update log.node set hash = hash',
    'update log.record set consumer = consumer',
    'update log.trigger_state set used_by = null',
    'update log.retrieval_state set closed_index = null',
    'select from log.head for update',
    "select log.apply_effects(0, 0, '{}', '{}', '{}', '{}', '{}')",
    'create table log.more (id int)',
    'create function log.lock_head() returns int language sql as $$ select 1 $$',
    'drop function log.append_batch',
    'alter table log.entry disable trigger all',
    "set session_replication_role = 'replica'",
  ])('may not %s', async (sql) => {
    await expect(database.pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('has no other function than the two', async () => {
    const { rows } = await database.owner.query<{ name: string }>(
      `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname = 'log' and has_function_privilege($1, p.oid, 'execute') order by 1`,
      [database.nodeRole],
    );
    expect(rows.map((row) => row.name)).toEqual(['append_batch', 'lock_head']);
  });
});

describe('the owner of the log', () => {
  it.each([
    'update log.entry set leaf_hash = leaf_hash',
    'delete from log.entry',
    'truncate log.entry cascade',
    'update log.node set hash = hash',
    'delete from log.node',
    'truncate log.node',
    'update log.head set size = size - 1',
    'delete from log.head',
    'truncate log.head',
    "update log.record set outcome = 'released' where index = 0",
    'delete from log.record where index = 0',
    'truncate log.record',
    'update log.subject_index set index = 1',
    'delete from log.subject_index where index = 0',
    'truncate log.subject_index',
    "update log.trigger_state set granted_index = 1 where trigger_id = 't'",
    "update log.trigger_state set used_by = 'another' where trigger_id = 'spent'",
    "update log.trigger_state set used_index = null, used_by = null where trigger_id = 'spent'",
    "update log.trigger_state set withdrawn_index = null where trigger_id = 'gone'",
    "update log.trigger_state set used_index = 2, used_by = 'r' where trigger_id = 'gone'",
    'delete from log.trigger_state',
    'truncate log.trigger_state',
    'update log.retrieval_state set closed_index = null',
    'update log.retrieval_state set opened_index = 1',
    "update log.retrieval_state set expires_at = 'infinity'",
    'delete from log.retrieval_state',
    'truncate log.retrieval_state',
    'update log.once set index = 1',
    'delete from log.once',
    'truncate log.once',
  ])('does not %s by mistake', async (sql) => {
    await expect(database.owner.query(sql)).rejects.toMatchObject({ code: 'EL004' });
  });
});

describe('log.append_batch', () => {
  const NAMES = [
    ...['expectedSize', 'expectedRoot', 'expectedFrontier', 'expectedCheckpoint'],
    ...['size', 'root', 'frontier', 'checkpoint', 'logTime', 'leaf', 'leafHash'],
    ...['nodeLevel', 'nodeIndex', 'nodeHash', 'event', 'consumer', ...CALLER_DETAILS, 'callerSalt', 'protectedHash'],
    ...['recordId', 'retentionClass', 'epoch', 'wrappedKey', 'ciphertext', 'subjectPlace', 'subjectKey', 'capacity'],
    ...['effectPlace', 'effectKind', 'effectId', 'effectBy', 'effectExpires'],
  ];
  const at = (name: string): number => {
    const position = NAMES.indexOf(name);
    if (position < 0) throw new Error(`no parameter ${name}`);
    return position;
  };

  /** Calls the function as the node with a correct batch of two entries after `change`, and takes everything back. */
  async function call(change: (values: unknown[]) => void): Promise<void> {
    const client = await database.pool.connect();
    try {
      await client.query('begin');
      const { range, checkpoint, logTime } = await lockHead(client, []);
      const keys = new CurrentKeys(new MemoryKeyVault(), new FixedClock());
      const entries = [withEffects({ kind: 'use-trigger', trigger: 't', by: 'r' }), anEntry()];
      const drafts = await Promise.all(entries.map((entry) => draftEntry(entry, keys, Date.now())));
      const head = { range: restoreRange(range.size, range.nodes), checkpoint };
      const values = parameters(buildBatch(head, logTime, drafts, logSigner));
      change(values);
      await client.query(`select log.append_batch(${values.map((_, i) => `$${i + 1}`).join(', ')})`, values);
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  const set = (name: string, value: unknown) => (values: unknown[]) => {
    values[at(name)] = value;
  };
  const checkpointOf = (change: (checkpoint: string) => string) => (values: unknown[]) => {
    values[at('checkpoint')] = change(String(values[at('checkpoint')]));
  };

  it('takes a correct batch', async () => {
    await expect(call(() => undefined)).resolves.toBeUndefined();
  });

  const effect =
    (kind: string, id: string, by: string | null, expires: string | null = null) =>
    (values: unknown[]) => {
      values.splice(at('effectKind'), 4, [kind], [id], [by], [expires]);
    };
  const bytes = (length: number) => Buffer.alloc(length, 1);
  it.each<[string, (values: unknown[]) => void, string]>([
    ['another expected size', set('expectedSize', 2), 'EL001'],
    ['no expected size', set('expectedSize', null), 'EL001'],
    ['another expected root', set('expectedRoot', bytes(32)), 'EL001'],
    ['no expected root', set('expectedRoot', null), 'EL001'],
    ['another expected frontier', set('expectedFrontier', [bytes(32), bytes(32)]), 'EL001'],
    ['no expected frontier', set('expectedFrontier', null), 'EL001'],
    ['another expected checkpoint', set('expectedCheckpoint', 'x'), 'EL001'],
    ['no expected checkpoint', set('expectedCheckpoint', null), 'EL001'],
    ['a size that is too large', set('size', 6), 'EL002'],
    ['a head that moves backwards', set('size', 2), 'EL002'],
    ['no entry', set('leaf', []), 'EL002'],
    ['a leaf less', set('leaf', [bytes(33)]), 'EL002'],
    ['a short leaf', set('leaf', [bytes(32), bytes(33)]), '23514'],
    ['the hash of another leaf', set('leafHash', [bytes(32), bytes(32)]), '23514'],
    ['a short root', set('root', bytes(31)), 'EL002'],
    ['a frontier of another size', set('frontier', [bytes(32)]), 'EL002'],
    ['a short hash in the frontier', set('frontier', [bytes(32), bytes(31)]), 'EL002'],
    [
      'a completed node missing',
      (values) =>
        values.splice(
          at('nodeLevel'),
          3,
          ...values.slice(at('nodeLevel'), at('nodeLevel') + 3).map((column) => (column as unknown[]).slice(1)),
        ),
      'EL002',
    ],
    ['a node of the past', set('nodeIndex', [0, 0]), 'EL002'],
    ['a node beyond the tree', set('nodeIndex', [1, 1]), 'EL002'],
    ['a node of level 0', set('nodeLevel', [0, 2]), 'EL002'],
    ['a short node', set('nodeHash', [bytes(31), bytes(32)]), '23514'],
    ['the checkpoint of another size', checkpointOf((text) => text.replace('\n5\n', '\n6\n')), 'EL002'],
    ['the checkpoint of another root', set('root', bytes(32)), 'EL002'],
    ['the checkpoint of another log', checkpointOf((text) => `x${text}`), 'EL002'],
    ['no checkpoint', set('checkpoint', null), 'EL002'],
    ['a time of the past', set('logTime', '2020-01-01T00:00:00Z'), 'EL002'],
    ['a time that is not now', set('logTime', '2999-01-01T00:00:00Z'), 'EL006'],
    ['an unknown event', set('event', ['x', 'x']), '23514'],
    ['an entry without event', set('event', ['refused']), 'EL002'],
    ['an index row of an earlier entry', set('subjectPlace', [0, 2]), 'EL002'],
    ['an index row of a later entry', set('subjectPlace', [1, 3]), 'EL002'],
    ['an effect of an earlier entry', set('effectPlace', [0]), 'EL002'],
    ['an effect of a later entry', set('effectPlace', [3]), 'EL002'],
    ['the use of an unknown trigger', effect('use-trigger', 'absent', 'r'), 'EL003'],
    ['a second use of a trigger', effect('use-trigger', 'spent', 'r'), 'EL003'],
    ['the use of a withdrawn trigger', effect('use-trigger', 'gone', 'r'), 'EL003'],
    ['a release on an unused trigger', effect('trigger-in-force', 't', 'r'), 'EL003'],
    ['a release on a withdrawn trigger', effect('trigger-in-force', 'gone', 'r'), 'EL003'],
    ['a release on a trigger that another used', effect('trigger-in-force', 'spent', 'q'), 'EL003'],
    ['a second withdrawal', effect('withdraw-trigger', 'gone', null), 'EL003'],
    ['a second grant', effect('grant-trigger', 't', null), '23505'],
    ['a second opening', effect('open-retrieval', 'done', null, '2027-01-01'), '23505'],
    ['an opening without expiry', effect('open-retrieval', 'new', null), '23502'],
    ['a second final outcome', effect('close-retrieval', 'done', null), 'EL003'],
    ['a final outcome of an unknown retrieval', effect('close-retrieval', 'absent', null), 'EL003'],
    ['a name that is taken', effect('once', 'taken', null), '23505'],
    ['an effect of an unknown kind', effect('forget', 't', null), 'EL003'],
    ['a use by nobody', effect('use-trigger', 't', null), 'EL003'],
  ])('refuses %s', async (_, change, code) => {
    await expect(call(change)).rejects.toMatchObject({ code });
  });
});

describe('the migration', () => {
  it.each(['', 'a"b', "a'; drop schema log", 'A', 'a b', `a${'b'.repeat(63)}`])('refuses the role name %j', (role) => {
    expect(() => auditMigrations(role)).toThrow(TypeError);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Effect } from '../../src/audit/effect.js';
import type { NewEntry } from '../../src/audit/log-store.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { anEntry } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { logSigner } from '../audit/log-keys.js';
import { Examination } from '../chaos/checks/examination.js';
import { fillDisk } from '../chaos/faults/fill-disk.js';
import { seenReceipt } from '../chaos/load/seen-receipt.js';
import { Tally } from '../chaos/report.js';
import { type Acknowledgement, Seen, type SeenLately } from '../chaos/seen.js';

const TABLES = ['entry', 'node', 'record', 'subject_index', 'trigger_state', 'retrieval_state', 'once', 'head'];

let database: LogDatabase;
let vaultFolder: string;
const acknowledgements: Acknowledgement[] = [];
/** By what they are for: the index of each entry. */
const at = new Map<string, number>();

beforeAll(async () => {
  database = await createLogDatabase();
  vaultFolder = await mkdtemp(join(tmpdir(), 'einmal-vault-'));
  const store = database.store({ vault: new DirectoryKeyVault(vaultFolder) });
  for (const [name, entry] of anHonestLog()) {
    const [receipt] = await store.append([entry]);
    at.set(name, receipt!.index);
    acknowledgements.push({ by: 'test', what: name, receipt: seenReceipt(receipt!) });
  }
  for (const table of TABLES)
    await database.superuser.query(`create table public.saved_${table} as table log.${table}`);
}, 30_000);
afterAll(async () => {
  await database.close();
  await rm(vaultFolder, { recursive: true });
});

/** Two retrievals with all that belongs to them, one that is still open, and entries that stand for nothing. */
function anHonestLog(): readonly (readonly [name: string, entry: NewEntry])[] {
  const caller = { consumer: 'familienkasse-test', subject_role: 'child' } as const;
  const expiresAt = new Date(Date.now() + 3_600_000);
  const one = (event: NewEntry['caller']['event'], of: string, effects: readonly Effect[], more = {}) =>
    anEntry({
      caller: { ...caller, event, retrieval_ref: `r${of}`, trigger_id: `t${of}`, exchange_ref: `e${of}`, ...more },
      effects,
    });
  const granted = (of: string) =>
    anEntry({
      caller: { ...caller, event: 'trigger.granted', trigger_id: `t${of}` },
      effects: [{ kind: 'grant-trigger', trigger: `t${of}` }],
    });
  const opened = (of: string) =>
    one('retrieval.opened', of, [
      { kind: 'open-retrieval', retrieval: `r${of}`, expiresAt },
      { kind: 'use-trigger', trigger: `t${of}`, by: `r${of}` },
    ]);
  const retrieval = (of: string): readonly (readonly [string, NewEntry])[] => [
    [`granted ${of}`, granted(of)],
    [`opened ${of}`, opened(of)],
  ];
  const closed = (of: string): readonly (readonly [string, NewEntry])[] => [
    [
      `closed ${of}`,
      one('retrieval.closed', of, [{ kind: 'close-retrieval', retrieval: `r${of}` }], { outcome: 'released' }),
    ],
    [
      `end ${of}`,
      anEntry({ caller: { ...caller, event: 'exchange.closed', exchange_ref: `e${of}`, outcome: 'released' } }),
    ],
  ];
  const spare = (name: string) => [name, anEntry({ caller: { ...caller, event: 'incident' } })] as const;
  return [
    ...retrieval('1'),
    ...retrieval('2'),
    ...retrieval('3'),
    ...[spare('early'), spare('earlier')],
    ...closed('1'),
    ...closed('2'),
    spare('late'),
  ];
}

/** As the superuser, past every trigger. */
async function asSuperuser(...statements: readonly string[]): Promise<void> {
  const client = await database.superuser.connect();
  try {
    await client.query('begin; set local session_replication_role = replica');
    for (const statement of statements) await client.query(statement);
    await client.query('commit');
  } finally {
    client.release();
  }
}

beforeEach(() =>
  asSuperuser(
    ...TABLES.flatMap((table) => [`delete from log.${table}`, `insert into log.${table} table public.saved_${table}`]),
  ),
);

const examination = () =>
  new Examination({
    database: database.superuser.options.connectionString!,
    registerLogs: new Map(),
    vaultFolder,
    vkey: logSigner.vkey,
  });
const nothing: SeenLately = new Seen().take();
const seenAll = (): SeenLately => ({ ...nothing, acknowledgements });
/** Makes one entry say something else. */
const restated = (name: string, columns: string) => `update log.record set ${columns} where index = ${at.get(name)}`;

describe('the examination of the fault harness', () => {
  it('finds nothing where everything is as it was acknowledged', async () => {
    const one = examination();
    expect(await one.examine(seenAll())).toEqual({ violations: [], missing: [] });
    expect(await one.examine(nothing)).toEqual({ violations: [], missing: [] });
    expect(one.totals).toEqual({ entries: at.size, acknowledged: at.size, checkpoints: at.size, unknown: 0 });
  });

  const planted: readonly (readonly [finds: string, plant: () => string])[] = [
    [
      'is not what it was',
      () => `update log.entry set leaf = set_bit(leaf, 9, 1 - get_bit(leaf, 9)),
      leaf_hash = sha256('\\x00'::bytea || set_bit(leaf, 9, 1 - get_bit(leaf, 9))) where index = 1`,
    ],
    ['entries; there are', () => `delete from log.entry where index = ${at.get('late')}`],
    ['the root of the head', () => 'update log.head set root = set_bit(root, 0, 1 - get_bit(root, 0))'],
    ['the frontier of the head', () => `update log.head set frontier[1] = sha256('')`],
    [
      'the checkpoint of the head',
      () => `update log.head set checkpoint = replace(checkpoint, E'\\n\\n', E'\\nx\\n\\n')`,
    ],
    ['the hashes of level 1', () => `update log.node set hash = sha256('') where level = 1 and index = 0`],
    ['the hashes of level 2', () => 'delete from log.node where level = 2 and index = 1'],
    ['its columns', () => restated('late', `consumer = 'somebody-else'`)],
    ['its protected half does not open', () => restated('late', `ciphertext = '\\x00'::bytea || ciphertext`)],
    ['two final outcomes', () => restated('late', `event = 'retrieval.closed', retrieval_ref = 'r1'`)],
    ['a retrieval opened twice', () => restated('late', `event = 'retrieval.opened', retrieval_ref = 'r1'`)],
    ['an outcome without an opening', () => restated('late', `event = 'retrieval.closed', retrieval_ref = 'r9'`)],
    ['one decision used by two', () => restated('opened 2', `trigger_id = 't1'`)],
    ['a retrieval opened without a granted', () => restated('granted 1', `trigger_id = 't9'`)],
    [
      'a release after the withdrawal of its decision',
      () => restated('early', `event = 'trigger.withdrawn', trigger_id = 't1'`),
    ],
    [
      'a release after the withdrawal of the lookup',
      () => `
      ${restated('earlier', `event = 'identity.opened', exchange_ref = 'e1', trigger_id = 't8'`)};
      ${restated('early', `event = 'trigger.withdrawn', trigger_id = 't8'`)}`,
    ],
    ['the end of an exchange before', () => restated('early', `event = 'exchange.closed', exchange_ref = 'e1'`)],
    ['a time that falls', () => restated('late', 'log_time = to_timestamp(0)')],
    ['an outcome "unknown" before', () => restated('closed 1', `outcome = 'unknown'`)],
    ['states of retrievals', () => `update log.retrieval_state set closed_index = null where retrieval_id = 'r1'`],
    ['an entry without its record', () => `delete from log.record where index = ${at.get('late')}`],
    [
      'a retrieval without outcome',
      () => `
      update log.retrieval_state set expires_at = to_timestamp(0) where retrieval_id = 'r3';
      ${restated('opened 3', 'log_time = to_timestamp(0)')}`,
    ],
  ];
  it.each(planted)('finds: %s', async (finds, plant) => {
    const one = examination();
    await one.examine(seenAll());
    await asSuperuser(plant());
    // Of records only new ones are read; a second look reads all of them.
    const found = [await one.examine(nothing), await examination().examine(nothing)];
    expect(found.flatMap(({ violations }) => violations)).toContainEqual(expect.stringContaining(finds));
  });

  it('finds acknowledged entries that are gone, and checkpoints that are not of this log', async () => {
    await asSuperuser(`delete from log.entry where index >= ${at.get('closed 2')}`);
    const { violations, missing } = await examination().examine(seenAll());
    const gone = at.size - at.get('closed 2')!;
    expect(violations.filter((it) => /^acknowledged entry \d+ is not in the log/.test(it))).toHaveLength(gone);
    expect(violations.filter((it) => /^the checkpoint of \d+ entries is not consistent/.test(it))).toHaveLength(gone);
    expect(missing).toHaveLength(2 * gone);
  });

  it('finds that the log went back beneath what was examined', async () => {
    const one = examination();
    await one.examine(seenAll());
    await asSuperuser(
      `delete from log.entry where index >= ${at.get('closed 2')}`,
      `update log.head set size = ${at.get('closed 2')}, frontier = array_fill(sha256(''), array[bit_count(${at.get('closed 2')}::bit(64))::int])`,
    );
    expect((await one.examine(nothing)).violations).toContainEqual(expect.stringMatching(/^the log went back/));
  });

  it('finds a receipt that does not hold, and an index that was given twice', async () => {
    const [first, second] = acknowledgements.map(({ receipt }) => receipt);
    const forged = { ...first!, opening: { ...first!.opening, caller: { event: 'incident' } } };
    const again = { ...second!, log_index: first!.log_index };
    const seen = [first!, forged, again].map((receipt) => ({ by: 'test', what: 'forged', receipt }));
    const { violations } = await examination().examine({ ...nothing, acknowledgements: seen });
    expect(violations).toContainEqual(expect.stringContaining('the leaf is not the commitment to the opening'));
    expect(violations).toContainEqual(expect.stringContaining('the leaf is not in the tree'));
    expect(violations).toContainEqual(expect.stringContaining(`index ${first!.log_index} was given twice`));
  });

  it('finds who was asked without an entry, at a writer', async () => {
    const seen = { ...nothing, asked: ['r1', 'r9'] };
    expect((await examination().examine(seen)).violations).toEqual([
      'somebody was asked without an entry "opened": a writer for r9',
    ]);
  });

  it('finds at the end what is still open', async () => {
    const past = `update log.retrieval_state set expires_at = clock_timestamp() where retrieval_id = 'r3'`;
    await asSuperuser(past);
    expect((await examination().examine(nothing)).violations).toEqual([]);
    expect((await examination().examine(nothing, true)).violations).toEqual([
      'a retrieval without outcome after its expiry: r3',
    ]);
  });
});

describe('the report of a run', () => {
  const told = (tally: Tally) =>
    tally.report({
      seed: 1,
      seconds: 1,
      log: { entries: 0, acknowledged: 0, checkpoints: 0, unknown: 0 },
      disk: 'none',
    });

  it('counts a fault only where it was done, and says why it was not', () => {
    const tally = new Tally([fillDisk]);
    tally.injected('fill-disk', { kills: 0, impossible: 'no prlimit' });
    expect(told(tally).faults[0]).toMatchObject({ injected: 0, notes: ['not injected: no prlimit'] });
    tally.injected('fill-disk', { kills: 0, note: 'loop device' });
    expect(told(tally).faults[0]).toMatchObject({ injected: 1, notes: ['not injected: no prlimit', 'loop device'] });
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CheckpointGuard } from '../../src/audit/checkpoint-guard.js';
import type { PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import type { OperationalLog } from '../../src/platform/operational-log.js';
import { FileCheckpointStore } from '../../src/vault/checkpoint-store.file.js';
import { anEntry } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { logVerifier } from '../audit/log-keys.js';

const TABLES = ['head', 'entry', 'node', 'record', 'subject_index', 'trigger_state', 'retrieval_state'];

let database: LogDatabase;
let folder: string;
let lines: string[];
beforeEach(async () => {
  database = await createLogDatabase();
  folder = await mkdtemp(join(tmpdir(), 'einmal-beneath-'));
  lines = [];
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

type Node = Readonly<{ guard: CheckpointGuard; store: PostgresLogStore }>;

/** A node that serves; all share one checkpoint file. */
async function startNode(): Promise<Node> {
  const log: OperationalLog = { info: () => {}, warn: () => {}, error: (_details, message) => lines.push(message) };
  // A restore takes longer than what a node takes for known what is kept; this one does not.
  const options = { log, spacingMs: 0 };
  const guard = new CheckpointGuard(new FileCheckpointStore(join(folder, 'checkpoint')), logVerifier, options);
  const store = database.store({ pool: database.poolOfNode(), guard, log });
  await guard.check(store);
  return { guard, store };
}

const backUp = () =>
  database.tamper(
    ['create schema copy', ...TABLES.map((it) => `create table copy.${it} as table log.${it}`)].join(';'),
  );
const restore = () =>
  database.tamper(
    TABLES.map((it) => `delete from log.${it}; insert into log.${it} select * from copy.${it}`).join(';'),
  );
const append = ({ store }: Node, count = 1) =>
  Promise.all(Array.from({ length: count }, () => store.append([anEntry()])));
const refused = expect.objectContaining({ name: 'LogUnavailable', written: 'no' });

describe('an older state that was restored beneath running nodes', () => {
  it.each([1, 30])('is not appended to by an idle node, not even the first of %i at once', async (burst) => {
    const [busy, idle] = [await startNode(), await startNode()];
    await append(idle);
    for (let i = 0; i < 10; i++) await append(busy);
    await backUp();
    for (let i = 0; i < 5; i++) await append(busy);
    await busy.guard.flush();
    await restore();
    await expect(append(idle, burst)).rejects.toEqual(refused);
    await expect(append(busy)).rejects.toEqual(refused);
    await expect(append(idle)).rejects.toEqual(refused);
    expect((await busy.store.head()).size).toBe(11);
    expect((await busy.guard.kept())?.size).toBe(16);
    // Once each, and not for every attempt.
    expect(lines).toEqual(Array(2).fill(expect.stringContaining('the log is older than it was already')));
    await expect(startNode()).rejects.toMatchObject({ name: 'RollbackDetected', code: 'BEHIND' });
  });

  it('is not appended to by the node that wrote what is lost, where another one without the checkpoint went on', async () => {
    const busy = await startNode();
    await append(busy);
    await backUp();
    for (let i = 0; i < 5; i++) await append(busy);
    await busy.guard.flush();
    await restore();
    const strayed = database.store({ pool: database.poolOfNode() });
    for (let i = 0; i < 9; i++) await strayed.append([anEntry()]);
    await expect(append(busy)).rejects.toEqual(refused);
    expect(lines).toEqual([expect.stringContaining('the log has lost entries that were in it')]);
    await expect(startNode()).rejects.toMatchObject({ name: 'RollbackDetected', code: 'FORKED' });
  });

  it('never has its checkpoint kept in the place of the one that shows the loss', async () => {
    const busy = await startNode();
    for (let i = 0; i < 3; i++) await append(busy);
    await busy.guard.flush();
    const emptied = TABLES.filter((it) => it !== 'head').map((it) => `delete from log.${it};`);
    await database.tamper(
      `${emptied.join(' ')} update log.head
         set size = 0, root = sha256(''), frontier = '{}', checkpoint = null, log_time = to_timestamp(0)`,
    );
    const strayed = database.store({ pool: database.poolOfNode() });
    for (let i = 0; i < 9; i++) await strayed.append([anEntry()]);
    busy.guard.keep((await strayed.head()).checkpoint ?? '');
    await expect(busy.guard.flush()).rejects.toMatchObject({ name: 'RollbackDetected', code: 'FORKED' });
    expect((await busy.guard.kept())?.size).toBe(3);
  });
});

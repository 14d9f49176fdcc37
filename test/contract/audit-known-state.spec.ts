import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CheckpointGuard } from '../../src/audit/checkpoint-guard.js';
import { checkState, rememberReached } from '../../src/audit/known-state.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { FileCheckpointStore } from '../../src/vault/checkpoint-store.file.js';
import { DirectoryKnownLogs } from '../../src/vault/known-logs.directory.js';
import { anEntry } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { logSigner, logVerifier } from '../audit/log-keys.js';

const DAY_MS = 86_400_000;
const origin = logSigner.name;

let database: LogDatabase;
let folder: string;
let checkpoints: FileCheckpointStore;
let logs: DirectoryKnownLogs;
let newest: number;
beforeEach(async () => {
  database = await createLogDatabase();
  folder = await mkdtemp(join(tmpdir(), 'einmal-state-'));
  checkpoints = new FileCheckpointStore(join(folder, 'checkpoint'));
  logs = new DirectoryKnownLogs(join(folder, 'logs'));
  await database.store().append([anEntry(), anEntry()]);
  newest = (await new PostgresLogReader(database.pool).newest())!;
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

function state(of = database) {
  const guard = new CheckpointGuard(checkpoints, logVerifier);
  return { store: of.store(), reader: new PostgresLogReader(of.pool), guard, logs, origin, backupMaxAgeDays: 31 };
}
const check = () => checkState(state());

describe('what the vault remembers of a log', () => {
  it('is the time of its newest entry: a database that has it is served, however long the node was off', async () => {
    expect(await check()).toBe('adopted');
    await rememberReached(state());
    expect(await logs.find(origin)).toEqual({ newestAtMs: newest });
    expect(await check()).toBe('held');
  });

  it('is nothing of an empty log', async () => {
    const empty = await createLogDatabase();
    await rememberReached(state(empty));
    expect(await logs.find(origin)).toEqual({});
    expect(await checkState(state(empty))).toBe('adopted');
    await empty.close();
  });

  it('finds a database that was put back, also where the checkpoint was lost, and adopts nothing of it', async () => {
    await logs.reached(origin, newest + 1);
    await expect(check()).rejects.toMatchObject({ name: 'RollbackDetected', code: 'BEHIND' });
    expect(await checkpoints.read()).toBeUndefined();
  });

  it('finds a database that was put back together with its checkpoint', async () => {
    await check();
    await logs.reached(origin, newest + 1000);
    await expect(check()).rejects.toMatchObject({ name: 'RollbackDetected', code: 'BEHIND' });
  });

  it('lets nothing be served from a backup that is older than the cap, and says so (IDNrG § 9 Abs. 3)', async () => {
    await logs.reached(origin, newest + 31 * DAY_MS);
    await expect(check()).rejects.toMatchObject({ name: 'RollbackDetected' });
    await logs.reached(origin, newest + 31 * DAY_MS + 1);
    await expect(check()).rejects.toMatchObject({
      name: 'BackupTooOld',
      message: expect.stringContaining('lacks the last 32 days of the log, and no backup older than 31 days is served'),
    });
  });

  it('keeps a log that has ended from being served, whatever its database says', async () => {
    await check();
    await logs.end(origin, 'log.test.example/next');
    await expect(check()).rejects.toMatchObject({
      name: 'LogEnded',
      message: expect.stringContaining('log.test.example/next goes on'),
    });
  });
});

import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openCheckpoint, signCheckpoint } from '#libs/tlog/checkpoint.js';
import { CheckpointGuard } from '../../src/audit/checkpoint-guard.js';
import { anEntry } from './entries.js';
import { FixedClock, forger, logSigner, logVerifier, MemoryKeyVault } from './log-keys.js';
import { MemoryLogStore } from './memory-log-store.js';

let folder: string;
let path: string;
let guard: CheckpointGuard;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-guard-'));
  path = join(folder, 'log', 'checkpoint');
  guard = new CheckpointGuard(path, logVerifier);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function logOf(count: number): Promise<MemoryLogStore> {
  const store = new MemoryLogStore(logSigner, new MemoryKeyVault(), new FixedClock());
  for (let i = 0; i < count; i++) await store.append([anEntry()]);
  return store;
}

async function keep(store: MemoryLogStore): Promise<void> {
  guard.keep((await store.head()).checkpoint!);
  await guard.flush();
}

const detected = (code: string) => expect.objectContaining({ name: 'RollbackDetected', code });

describe('the checkpoint outside the database', () => {
  it('is adopted at the first start and held against the same or a longer log', async () => {
    const store = await logOf(3);
    expect(await guard.check(store)).toBe('adopted');
    expect(await guard.check(store)).toBe('held');
    await store.append([anEntry(), anEntry()]);
    expect(await guard.check(store)).toBe('held');
    expect(openCheckpoint(await readFile(path, 'utf8'), logVerifier).size).toBe(5);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('needs no file for an empty log', async () => {
    expect(await guard.check(await logOf(0))).toBe('adopted');
  });

  it('refuses a database that is behind it, as after the restore of an old backup', async () => {
    await keep(await logOf(5));
    await expect(guard.check(await logOf(3))).rejects.toEqual(detected('BEHIND'));
    await expect(guard.check(await logOf(0))).rejects.toEqual(detected('BEHIND'));
  });

  it('refuses another history, of the same size and longer', async () => {
    await keep(await logOf(5));
    await expect(guard.check(await logOf(5))).rejects.toEqual(detected('FORKED'));
    await expect(guard.check(await logOf(9))).rejects.toEqual(detected('FORKED'));
  });

  it('refuses a kept checkpoint that was altered, cut or signed by somebody else', async () => {
    const store = await logOf(5);
    await keep(store);
    const note = await readFile(path, 'utf8');
    const { size, root } = await store.head();
    for (const forged of [
      note.replace('\n5\n', '\n4\n'),
      note.slice(0, -9),
      '',
      signCheckpoint({ origin: logSigner.name, size: 4, root }, [forger]),
    ]) {
      await writeFile(path, forged);
      await expect(guard.check(store)).rejects.toEqual(detected('FILE_INVALID'));
    }
    expect(size).toBe(5);
  });

  it('refuses a database whose head contradicts itself or was signed by somebody else', async () => {
    const store = await logOf(5);
    const head = await store.head();
    const other = await (await logOf(5)).head();
    for (const forged of [
      { ...head, root: other.root },
      { ...head, frontier: other.frontier },
      { ...head, checkpoint: other.checkpoint },
      { ...head, checkpoint: undefined },
      { ...head, checkpoint: signCheckpoint({ origin: logSigner.name, size: 5, root: head.root }, [forger]) },
    ]) {
      store.head = async () => forged;
      await expect(guard.check(store)).rejects.toEqual(detected('HEAD_INVALID'));
    }
  });

  it('holds the last of several checkpoints noted in a row', async () => {
    const store = await logOf(0);
    for (let i = 0; i < 7; i++) {
      const [receipt] = await store.append([anEntry()]);
      guard.keep(receipt!.checkpoint);
    }
    await guard.flush();
    expect(openCheckpoint(await readFile(path, 'utf8'), logVerifier).size).toBe(7);
  });

  it('says when it cannot be written, and recovers', async () => {
    const blocked = new CheckpointGuard(join(folder, 'file', 'checkpoint'), logVerifier);
    await writeFile(join(folder, 'file'), '');
    blocked.keep((await (await logOf(1)).head()).checkpoint!);
    await expect(blocked.flush()).rejects.toMatchObject({ code: expect.stringMatching(/ENOTDIR|EEXIST/) });
    await expect(blocked.settled()).rejects.toThrow();
    await rm(join(folder, 'file'));
    await blocked.settled();
    expect(await readFile(join(folder, 'file', 'checkpoint'), 'utf8')).toContain(logSigner.name);
    await chmod(folder, 0o700);
  });
});

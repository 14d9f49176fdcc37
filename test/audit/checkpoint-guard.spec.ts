import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openCheckpoint, signCheckpoint } from '#libs/tlog/checkpoint.js';
import { CheckpointGuard } from '../../src/audit/checkpoint-guard.js';
import type { OperationalLog } from '../../src/platform/operational-log.js';
import { FileCheckpointStore } from '../../src/vault/checkpoint-store.file.js';
import type { Kept, KeptCheckpoint } from '../../src/vault/checkpoint-store.js';
import { anEntry } from './entries.js';
import { FixedClock, forger, logSigner, logVerifier, MemoryKeyVault } from './log-keys.js';
import { MemoryLogStore } from './memory-log-store.js';

let folder: string;
let path: string;
let guard: CheckpointGuard;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-guard-'));
  path = join(folder, 'log', 'checkpoint');
  guard = guardOver(new FileCheckpointStore(path));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

let lines: string[] = [];
const log: OperationalLog = { info: () => {}, warn: () => {}, error: (_details, message) => lines.push(message) };
function guardOver(store: FileCheckpointStore): CheckpointGuard {
  lines = [];
  return new CheckpointGuard(store, logVerifier, { log, spacingMs: 0 });
}

async function logOf(count: number): Promise<MemoryLogStore> {
  const store = new MemoryLogStore(logSigner, new MemoryKeyVault(), new FixedClock());
  for (let i = 0; i < count; i++) await store.append([anEntry()]);
  return store;
}

async function grown(store: MemoryLogStore, more: number): Promise<MemoryLogStore> {
  for (let i = 0; i < more; i++) await store.append([anEntry()]);
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
      signCheckpoint({ origin: logSigner.name, size: 5, root }, [forger]),
      signCheckpoint({ origin: logSigner.name, size: 4, root }, [logSigner]),
    ]) {
      await writeFile(`${path}.5`, forged);
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
    const blocked = guardOver(new FileCheckpointStore(join(folder, 'file', 'checkpoint')));
    await writeFile(join(folder, 'file'), '');
    blocked.keep((await (await logOf(1)).head()).checkpoint!);
    await expect(blocked.flush()).rejects.toMatchObject({ code: expect.stringMatching(/ENOTDIR|EEXIST/) });
    await expect(blocked.settled()).rejects.toThrow();
    await rm(join(folder, 'file'));
    await blocked.settled();
    expect(await readFile(join(folder, 'file', 'checkpoint'), 'utf8')).toContain(logSigner.name);
    await chmod(folder, 0o700);
  });

  it.each([
    [600_000, 1],
    [0, 3],
  ])('that was read less than %i ms ago counts where a moment does not matter', async (spacingMs, expected) => {
    let reads = 0;
    class Counting extends FileCheckpointStore {
      override read(): Promise<string | undefined> {
        reads += 1;
        return super.read();
      }
    }
    const store = await logOf(3);
    await keep(store);
    const other = new CheckpointGuard(new Counting(path), logVerifier, { spacingMs });
    for (let i = 0; i < 3; i++) expect((await other.keptOfLate())?.size).toBe(3);
    expect(reads).toBe(expected);
    await keep(await grown(store, 1));
    expect((await other.kept())?.size).toBe(4);
    expect((await other.keptOfLate())?.size).toBe(4);
  });

  it('asks for what is kept before it asks the database: what others append meanwhile is no rollback', async () => {
    const store = await logOf(3);
    await keep(store);
    const head = store.head.bind(store);
    const other = guardOver(new FileCheckpointStore(path));
    const tree = {
      readNodes: store.readNodes.bind(store),
      head: async () => {
        const before = await head();
        other.keep((await (await grown(store, 1)).head()).checkpoint ?? '');
        await other.flush();
        return before;
      },
    };
    expect(await guard.check(tree)).toBe('held');
  });
});

describe('several writers of one checkpoint', () => {
  it('a late one leaves the newer checkpoint where it is, and its node goes on', async () => {
    const store = await logOf(5);
    const late = (await store.head()).checkpoint!;
    await guard.check(store);
    await store.append([anEntry()]);
    await keep(store);
    const slow = guardOver(new FileCheckpointStore(path));
    await slow.check(store);
    slow.keep(late);
    await slow.flush();
    await slow.settled();
    expect(openCheckpoint(await readFile(path, 'utf8'), logVerifier).size).toBe(6);
    expect(lines).toEqual([]);
  });

  it('the same size with another root is not written, alarms once, and ends appending for good', async () => {
    await keep(await logOf(5));
    const other = await logOf(5);
    const forked = guardOver(new FileCheckpointStore(path));
    forked.keep((await other.head()).checkpoint!);
    for (let i = 0; i < 2; i++) await expect(forked.flush()).rejects.toEqual(detected('FORKED'));
    await expect(forked.flush()).rejects.toEqual(detected('FORKED'));
    expect(lines).toEqual([expect.stringContaining('einmal audit recover')]);
  });

  it('a database that was put back under a running node is found out by what others keep', async () => {
    const store = await logOf(4);
    await guard.check(store);
    await keep(await grown(store, 3));
    const behind = await logOf(2);
    store.head = () => behind.head();
    guard.keep((await behind.head()).checkpoint!);
    await expect(guard.flush()).rejects.toEqual(detected('BEHIND'));
    await expect(guard.settled()).rejects.toEqual(detected('BEHIND'));
  });

  it('asks the database no more about what it wrote itself and the next was built on, and else each time', async () => {
    const store = await logOf(2);
    let asked = 0;
    const readNodes = store.readNodes.bind(store);
    store.readNodes = (ids) => {
      asked += 1;
      return readNodes(ids);
    };
    await guard.check(store);
    const askedBy = async (by: CheckpointGuard, isTold = true) => {
      asked = 0;
      for (let n = 0; n < 3; n += 1) {
        const before = (await store.head()).checkpoint;
        by.keep((await (await grown(store, 1)).head()).checkpoint!, isTold ? before : undefined);
      }
      await by.flush();
      return asked;
    };
    expect(await askedBy(guard)).toBe(0);
    expect(await askedBy(guard)).toBe(0);
    expect(await askedBy(guard, false)).toBeGreaterThan(0);
    expect(await askedBy(guard)).toBe(0);
    const other = guardOver(new FileCheckpointStore(path));
    await other.check(store);
    expect(await askedBy(other)).toBeGreaterThan(0);
    expect(await askedBy(other)).toBe(0);
    expect(await askedBy(guard)).toBeGreaterThan(0);
    expect(await askedBy(guard)).toBe(0);
  });

  it('writes once for commits in quick succession, and at once when it is told to end', async () => {
    const written: number[] = [];
    class Counting extends FileCheckpointStore {
      override async advance(next: KeptCheckpoint): Promise<Kept> {
        written.push(next.size);
        return super.advance(next);
      }
    }
    const slow = new CheckpointGuard(new Counting(path), logVerifier, { spacingMs: 600_000 });
    const store = await logOf(0);
    for (let i = 0; i < 9; i++) slow.keep((await store.append([anEntry()]))[0]!.checkpoint);
    await slow.flush();
    expect(written.at(-1)).toBe(9);
    expect(written.length).toBeLessThan(4);
    expect(openCheckpoint(await readFile(path, 'utf8'), logVerifier).size).toBe(9);
  });
});

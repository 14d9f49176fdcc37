import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { combine, frontier, restoreRange, root } from '#libs/merkle/compact-range.js';
import { emptyRoot } from '#libs/merkle/hash.js';
import { type Checkpoint, openCheckpoint } from '#libs/tlog/checkpoint.js';
import type { NoteVerifier } from '#libs/tlog/signed-note.js';
import { StartFault } from '../platform/run-process.js';
import { isSystemError } from '../platform/system-error.js';
import type { LogHead, LogStore } from './log-store.js';

/**
 * - `FILE_INVALID`: the kept checkpoint is not one that this log signed.
 * - `HEAD_INVALID`: the database contradicts itself, or its checkpoint is not one that this log signed.
 * - `BEHIND`: the database has fewer entries than were acknowledged, as after the restore of an old backup.
 * - `FORKED`: the database has the entries of another history.
 */
export type RollbackCode = 'FILE_INVALID' | 'HEAD_INVALID' | 'BEHIND' | 'FORKED';

/**
 * The node must not serve: what it would sign next could contradict what it signed before.
 *
 * @public
 */
export class RollbackDetected extends StartFault {
  override readonly name = 'RollbackDetected';

  constructor(
    readonly code: RollbackCode,
    message: string,
    cause?: unknown,
  ) {
    super(`${message}; run "einmal audit recover"`, { cause });
  }
}

/**
 * Keeps the last checkpoint in a file outside the database, since a restored backup is as consistent in itself as the
 * database it replaces. The file is written after each commit, off the path of the answers; a log that cannot write
 * it stops appending.
 */
export class CheckpointGuard {
  private newest: string | undefined;
  private writing: Promise<void> | undefined;
  private failure: unknown;

  constructor(
    private readonly path: string,
    private readonly log: NoteVerifier,
  ) {}

  /** Compares file and database; due before the node serves. `adopted`: there was no file yet. Throws {@link RollbackDetected}. */
  async check(store: LogStore): Promise<'held' | 'adopted'> {
    const head = await store.head();
    const current = this.checkedHead(head);
    const kept = await this.kept();
    if (kept !== undefined) {
      if (head.size < kept.size)
        throw new RollbackDetected('BEHIND', `the database has ${head.size} entries, ${kept.size} were acknowledged`);
      const nodes = kept.size === 0 ? [] : await store.readNodes(frontier(kept.size));
      if (!(combine(nodes) ?? emptyRoot).equals(kept.root) || nodes.length !== frontier(kept.size).length) {
        throw new RollbackDetected(
          'FORKED',
          `the first ${kept.size} entries of the database are not those acknowledged`,
        );
      }
    }
    if (current !== undefined && (kept === undefined || kept.size < head.size)) await this.write(current);
    return kept === undefined ? 'adopted' : 'held';
  }

  /** Notes a committed checkpoint; several in a row are written as one. */
  keep(checkpoint: string): void {
    this.newest = checkpoint;
    this.writing ??= this.drain();
  }

  /** Waits until nothing is left to write, trying again what failed before. Throws the failure if it persists. */
  async settled(): Promise<void> {
    if (this.failure === undefined) return;
    if (this.writing === undefined) this.writing = this.drain();
    await this.writing;
    if (this.failure !== undefined) throw this.failure;
  }

  /** Waits until the last checkpoint noted is in the file; due at shutdown. */
  async flush(): Promise<void> {
    await this.writing;
    await this.settled();
  }

  private async drain(): Promise<void> {
    try {
      while (this.newest !== undefined) {
        const checkpoint = this.newest;
        await this.write(checkpoint);
        if (this.newest === checkpoint) this.newest = undefined;
      }
      this.failure = undefined;
    } catch (error) {
      this.failure = error;
    } finally {
      this.writing = undefined;
    }
  }

  private async write(checkpoint: string): Promise<void> {
    const folder = dirname(this.path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = join(folder, `.${randomUUID()}`);
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(checkpoint);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, this.path);
  }

  private async kept(): Promise<Checkpoint | undefined> {
    let note: string;
    try {
      note = await readFile(this.path, 'utf8');
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return undefined;
      throw error;
    }
    try {
      return openCheckpoint(note, this.log);
    } catch (error) {
      throw new RollbackDetected('FILE_INVALID', 'the kept checkpoint is not one of this log', error);
    }
  }

  private checkedHead({ size, root: claimed, frontier: nodes, checkpoint }: LogHead): string | undefined {
    try {
      const signed = checkpoint === undefined ? undefined : openCheckpoint(checkpoint, this.log);
      const computed = root(restoreRange(size, [...nodes]));
      const agrees =
        (signed?.size ?? 0) === size && (signed?.root ?? emptyRoot).equals(computed) && claimed.equals(computed);
      if (agrees) return checkpoint;
    } catch (error) {
      throw new RollbackDetected('HEAD_INVALID', 'the head of the database is not one that this log signed', error);
    }
    throw new RollbackDetected('HEAD_INVALID', 'the head of the database contradicts itself');
  }
}

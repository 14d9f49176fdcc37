import { restoreRange, root } from '#libs/merkle/compact-range.js';
import { emptyRoot } from '#libs/merkle/hash.js';
import { type Checkpoint, openCheckpoint, parseCheckpoint } from '#libs/tlog/checkpoint.js';
import { NoteFault } from '#libs/tlog/note-fault.js';
import { type NoteVerifier, parseNote } from '#libs/tlog/signed-note.js';
import { describeError, type OperationalLog } from '../platform/operational-log.js';
import { CheckpointForked, type CheckpointStore, type KeptCheckpoint } from '../vault/checkpoint-store.js';
import { VaultFault } from '../vault/key-vault.js';
import type { LogHead, LogStore } from './log-store.js';
import { RollbackDetected } from './rollback.js';
import { rootAt } from './root-at.js';

/** Commits in quick succession share one write: it costs disk and processor more than a batch does. */
const SPACING_MS = 200;

/** What of a log is compared with its checkpoint. */
type Tree = Pick<LogStore, 'head' | 'readNodes'>;

export type GuardOptions = Readonly<{
  /** Told once when this log turns out to have two histories. */
  log?: OperationalLog;
  spacingMs?: number;
}>;

/**
 * Keeps the last checkpoint outside the database, since a restored backup is as consistent in itself as the database
 * it replaces. It is written after a commit, off the path of the answers and at most 200 ms later; a log that cannot
 * write it stops appending, and one that turns out to have two histories stops for good.
 */
export class CheckpointGuard {
  private newest: string | undefined;
  /** When the oldest was noted of those that are not kept yet. */
  private unkeptSince = 0;
  /** What this guard wrote last; and whether each that was noted after it was built on the one before, up to the last. */
  private written: string | undefined;
  private isBuiltOnWritten = false;
  private noted: string | undefined;
  private writing: Promise<void> | undefined;
  private failure: unknown;
  /** Set once and never taken back. */
  private condemned: Error | undefined;
  private tree: Tree | undefined;
  private writtenAt = Number.NEGATIVE_INFINITY;
  /** What was kept when this process last looked. */
  private seen: Readonly<{ at: number; note: string; kept: Checkpoint }> | undefined;
  /** Ends a pause early; and how many wait for all to be written. */
  private hurry: (() => void) | undefined;
  private waitedFor = 0;

  constructor(
    private readonly store: CheckpointStore,
    private readonly log: NoteVerifier,
    private readonly options: GuardOptions = {},
  ) {}

  /** Compares store and database; due before the node serves. `adopted`: nothing was kept yet. Throws {@link RollbackDetected}. */
  async check(tree: Tree): Promise<'held' | 'adopted'> {
    this.tree = tree;
    // What is kept comes first: entries that other nodes append meanwhile are in the head that is read after it.
    const kept = await this.kept();
    const head = await tree.head();
    const current = this.checkedHead(head);
    if (kept !== undefined) await demandReached(kept, head.size, tree);
    if (current !== undefined && (kept === undefined || kept.size < head.size)) await this.advance(current);
    return kept === undefined ? 'adopted' : 'held';
  }

  /** What is kept, if it is one that this log signed. Throws {@link RollbackDetected}. */
  async kept(): Promise<Checkpoint | undefined> {
    const at = performance.now();
    try {
      const note = await this.store.read();
      if (note === undefined) return undefined;
      const kept = note === this.seen?.note ? this.seen.kept : openCheckpoint(note, this.log);
      this.seen = { at, note, kept };
      return kept;
    } catch (error) {
      if (!(error instanceof VaultFault || error instanceof NoteFault)) throw error;
      throw new RollbackDetected('FILE_INVALID', 'the kept checkpoint is not one of this log', error);
    }
  }

  /** The same as it was a moment ago: others may keep theirs as late after its commit, too. */
  async keptOfLate(): Promise<Checkpoint | undefined> {
    const { seen } = this;
    return seen !== undefined && performance.now() - seen.at < this.spacingMs ? seen.kept : this.kept();
  }

  /**
   * Notes a committed checkpoint; several in a row are written as one.
   * @param builtOn checkpoint of the head behind which the database took it
   */
  keep(checkpoint: string, builtOn?: string): void {
    if (builtOn === undefined || builtOn !== this.noted) this.isBuiltOnWritten = false;
    this.noted = checkpoint;
    if (this.newest === undefined) this.unkeptSince = performance.now();
    this.newest = checkpoint;
    this.writing ??= this.drain();
  }

  /** How long a checkpoint has waited to be kept; 0 where none does. */
  get unkeptMs(): number {
    return this.newest === undefined ? 0 : performance.now() - this.unkeptSince;
  }

  /** Waits for nothing but what failed before, and tries that again. Throws the failure if it persists. */
  async settled(): Promise<void> {
    if (this.condemned !== undefined) throw this.condemned;
    if (this.failure === undefined) return;
    this.writing ??= this.drain();
    await this.writing;
    if (this.failure !== undefined) throw this.failure;
  }

  /** Waits until the last checkpoint noted is kept; due at shutdown. */
  async flush(): Promise<void> {
    this.waitedFor += 1;
    this.hurry?.();
    try {
      await this.writing;
      await this.settled();
    } finally {
      this.waitedFor -= 1;
    }
  }

  private async drain(): Promise<void> {
    try {
      while (this.newest !== undefined) {
        if (this.failure === undefined) await this.pause();
        const checkpoint = this.newest;
        this.writtenAt = performance.now();
        await this.advance(checkpoint);
        if (this.newest === checkpoint) this.newest = undefined;
      }
      this.failure = undefined;
    } catch (error) {
      this.failure = error;
    } finally {
      this.writing = undefined;
    }
  }

  private async pause(): Promise<void> {
    const leftMs = this.writtenAt + this.spacingMs - performance.now();
    if (leftMs <= 0 || this.waitedFor > 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, leftMs);
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.hurry = undefined;
  }

  private async advance(note: string): Promise<void> {
    // What is kept is the only witness of what was lost.
    if (this.condemned !== undefined) throw this.condemned;
    try {
      const next = said(note);
      // The database has what this was built on.
      const isBuiltOnKept = () => this.isBuiltOnWritten && this.seen?.note === this.written;
      await this.demandKept((kept) => kept.size < next.size && !isBuiltOnKept());
      // Usual where nodes share a store: another one was faster. It committed first, so this database has it.
      if ((await this.store.advance(next)) === 'behind') await this.demandKept(() => true);
      else this.noteKept(note);
    } catch (error) {
      if (error instanceof CheckpointForked)
        throw this.condemn(new RollbackDetected('FORKED', `${error.message} than the one of this database`, error));
      throw error instanceof RollbackDetected ? this.condemn(error) : error;
    }
  }

  private noteKept(note: string): void {
    this.written = note;
    this.noted ??= note;
    if (this.noted === note) this.isBuiltOnWritten = true;
  }

  private async demandKept(isConcerned: (kept: Checkpoint) => boolean): Promise<void> {
    if (this.tree === undefined) return;
    const kept = await this.kept();
    if (kept !== undefined && isConcerned(kept)) await demandReached(kept, (await this.tree.head()).size, this.tree);
  }

  private condemn(error: RollbackDetected): RollbackDetected {
    if (this.condemned === undefined)
      this.options.log?.error(describeError(error), `${error.message}: nothing is appended`);
    this.condemned = error;
    return error;
  }

  private get spacingMs(): number {
    return this.options.spacingMs ?? SPACING_MS;
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

/** A database of `size` entries has those of the kept checkpoint. @throws RollbackDetected */
async function demandReached(kept: Checkpoint, size: number, tree: Tree): Promise<void> {
  if (size < kept.size)
    throw new RollbackDetected('BEHIND', `the database has ${size} entries, ${kept.size} were acknowledged`);
  if ((await rootAt(tree, kept.size))?.equals(kept.root) !== true)
    throw new RollbackDetected('FORKED', `the first ${kept.size} entries of the database are not those acknowledged`);
}

function said(note: string): KeptCheckpoint {
  const { size, root } = parseCheckpoint(parseNote(note).text);
  return { size, root, note };
}

import { appendAll, type CompactRange, emptyRange, frontierNodes, root } from '#libs/merkle/compact-range.js';
import { leafHash, nodeHash } from '#libs/merkle/hash.js';
import type { NodeId } from '#libs/merkle/tree-shape.js';
import { formatCheckpoint, openCheckpoint } from '#libs/tlog/checkpoint.js';
import { NoteFault } from '#libs/tlog/note-fault.js';
import type { NoteVerifier } from '#libs/tlog/signed-note.js';
import { firstDifference, LogDamaged } from './finding.js';
import type { EntryRow, HeadRow, LogSnapshot, NodeRow } from './log-snapshot.js';
import { Rows } from './rows.js';

/** Hashes the tree anew from its leaves and compares every node with the stored one, up to the signed checkpoint. */
export class TreeCheck {
  range: CompactRange = emptyRange;
  private readonly levels = new Map<number, Rows<NodeRow>>();

  constructor(
    private readonly snapshot: LogSnapshot,
    private readonly head: HeadRow,
  ) {}

  /** Indices have no gap, and end where the head says. @throws LogDamaged */
  demandNext(index: number): void {
    if (index !== this.range.size)
      throw damaged('log.entry', `index ${this.range.size}`, 'there is no such entry, and the log goes on behind it');
    if (index >= this.head.size) throw damaged('log.entry', `index ${index}`, 'this entry is beyond the head');
  }

  /** The next entry, and the leaf that its record commits to where there is a record. @throws LogDamaged */
  async add(entry: EntryRow, committed: Buffer | undefined): Promise<void> {
    const { leaf, leafHash: stored } = entry;
    const hashed = leafHash(leaf);
    if (!hashed.equals(stored) || (committed !== undefined && !committed.equals(leaf)))
      throw await this.blameLeaf(entry, hashed, committed);
    const { range, newNodes } = appendAll(this.range, [stored]);
    this.range = range;
    for (const { level, index: at, hash } of newNodes) if (level > 0) await this.compare({ level, index: at }, hash);
  }

  /** Due when all entries were added: there are as many as the head says. @throws LogDamaged */
  demandAll(): void {
    if (this.range.size !== this.head.size)
      throw damaged(
        'log.entry',
        `index ${this.range.size}`,
        `there is no such entry, and the head has ${this.head.size}`,
      );
  }

  /** The whole tree against the signed checkpoint. @throws LogDamaged */
  async conclude(log: NoteVerifier): Promise<void> {
    const { size, frontier, checkpoint } = this.head;
    const stray = await this.snapshot.strayNode(size);
    if (stray !== undefined) throw damaged('log.node', nameOf(stray), 'no tree of this size has such a node');
    const nodes = Buffer.concat(this.range.nodes);
    const stored = Buffer.concat(frontier);
    if (!nodes.equals(stored)) throw differs('log.head', 'the head', 'frontier', nodes, stored);
    const computed = root(this.range);
    if (!computed.equals(this.head.root)) throw differs('log.head', 'the head', 'root', computed, this.head.root);
    if (size === 0 && checkpoint === undefined) return;
    const text = Buffer.from(formatCheckpoint({ origin: log.name, size, root: computed }));
    const note = Buffer.from(checkpoint ?? '');
    if (!note.subarray(0, text.length).equals(text)) throw differs('log.head', 'the head', 'checkpoint', text, note);
    try {
      openCheckpoint(checkpoint ?? '', log);
    } catch (error) {
      if (!(error instanceof NoteFault)) throw error;
      throw damaged('log.head', 'the head', `the signature is not one of this log: ${error.message}`, 'checkpoint');
    }
  }

  private async compare(id: NodeId, computed: Buffer): Promise<void> {
    const rows = this.levels.get(id.level) ?? new Rows(this.snapshot.nodes(id.level));
    this.levels.set(id.level, rows);
    const row = await rows.take();
    if (row === undefined || row.index > id.index) throw damaged('log.node', nameOf(id), 'there is no such node');
    if (row.index < id.index)
      throw damaged('log.node', nameOf({ ...id, index: row.index }), 'this node is there twice');
    if (row.hash.equals(computed)) return;
    // Which of the two is right says what was built on it: the node above, or the head.
    if (await this.isConfirmed(id, row.hash)) {
      const first = id.index * 2 ** id.level;
      const what = 'the tree was built over another leaf: leaf, leaf hash and record were changed together';
      throw damaged('log.entry', `index ${first} to ${first + 2 ** id.level - 1}`, what, 'leaf');
    }
    throw differs('log.node', nameOf(id), 'hash', computed, row.hash);
  }

  private async blameLeaf({ index, leaf, leafHash: stored }: EntryRow, hashed: Buffer, committed: Buffer | undefined) {
    const row = `index ${index}`;
    const byRecord = committed === undefined ? undefined : leafHash(committed);
    const isTrue = async (hash: Buffer | undefined) =>
      hash !== undefined && (await this.isConfirmed({ level: 0, index }, hash));
    // The record commits to what the tree was built over: the leaf is wrong.
    if (committed !== undefined && !committed.equals(leaf) && (await isTrue(byRecord)))
      return differs('log.entry', row, 'leaf', committed, leaf);
    if (!hashed.equals(stored) && ((await isTrue(hashed)) || byRecord?.equals(hashed) === true))
      return differs('log.entry', row, 'leaf_hash', hashed, stored);
    if (!hashed.equals(stored)) return damaged('log.entry', row, 'the leaf is not the one that was hashed', 'leaf');
    return damaged('log.record', row, 'what the caller may open is not what the leaf commits to', CALLER_COLUMNS);
  }

  /** Whether the tree was built over this hash at this place. */
  private async isConfirmed({ level, index }: NodeId, hash: Buffer): Promise<boolean> {
    const inFrontier = frontierNodes({ size: this.head.size, nodes: this.head.frontier }).find(
      (node) => node.level === level && node.index === index,
    );
    if (inFrontier !== undefined) return inFrontier.hash.equals(hash);
    const [above, beside] = await Promise.all([
      this.snapshot.node({ level: level + 1, index: Math.floor(index / 2) }),
      this.snapshot.node({ level, index: index % 2 === 0 ? index + 1 : index - 1 }),
    ]);
    if (above === undefined || beside === undefined) return false;
    return above.equals(index % 2 === 0 ? nodeHash(hash, beside) : nodeHash(beside, hash));
  }
}

const CALLER_COLUMNS = 'event to trigger_id, or caller_salt';

const nameOf = ({ level, index }: NodeId): string => `level ${level}, index ${index}`;

function damaged(table: string, row: string, what: string, column?: string): LogDamaged {
  return new LogDamaged({ table, row, what, ...(column !== undefined && { column }) });
}

function differs(table: string, row: string, column: string, right: Buffer, stored: Buffer): LogDamaged {
  return new LogDamaged({
    table,
    row,
    column,
    byte: firstDifference(right, stored),
    what: 'it is not what it must be',
  });
}

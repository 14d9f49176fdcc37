import { emptyRoot } from '#libs/merkle/hash.js';
import { type BuiltTile, TreeBuilder } from './tree-builder.js';
import type { TreeFault } from './tree-fault.js';

/** A tree that somebody signed: its size and root (C2SP tlog-checkpoint, Note text). */
export type SignedTree = Readonly<{ size: number; root: Buffer }>;

/** No more faults than these are kept: the first ones say what happened. */
const MAX_FAULTS = 100;

/** The tree as it is if one source of leaf hashes is right, and what does not fit it then (RFC 6962 § 2.1). */
export class TreeBelief {
  readonly faults: TreeFault[] = [];
  private earlierRoot: Buffer | undefined;

  constructor(
    private readonly signed: SignedTree,
    private readonly earlier: SignedTree | undefined,
    private readonly builder = new TreeBuilder(),
  ) {
    if (earlier?.size === 0) this.earlierRoot = emptyRoot;
  }

  /** Appends leaf hashes; gives the full tiles above level 0 that they complete. */
  add(leaves: readonly Buffer[]): BuiltTile[] {
    const rest = (this.earlier?.size ?? -1) - this.builder.size;
    if (rest < 1 || rest > leaves.length) return upper(this.builder.add(leaves));
    const before = this.builder.add(leaves.slice(0, rest));
    this.earlierRoot = this.builder.root();
    return upper([...before, ...this.builder.add(leaves.slice(rest))]);
  }

  /** The partial tiles above level 0 that the whole tree ends with. */
  partialTiles(): BuiltTile[] {
    return upper(this.builder.partialTiles());
  }

  /** Keeps what does not fit, unless there is enough of it already. */
  note(fault: TreeFault | undefined): void {
    if (fault !== undefined && this.faults.length < MAX_FAULTS) this.faults.push(fault);
  }

  /** Whether these leaves make the tree that was signed. */
  isSigned(): boolean {
    return this.builder.size === this.signed.size && this.builder.root().equals(this.signed.root);
  }

  /** Whether their beginning is not the tree that was signed earlier. */
  breaksEarlier(): boolean {
    return this.earlier !== undefined && this.earlierRoot?.equals(this.earlier.root) !== true;
  }

  /** The same tree so far, to go on with other leaves. */
  fork(): TreeBelief {
    const copy = new TreeBelief(this.signed, this.earlier, this.builder.fork());
    copy.earlierRoot = this.earlierRoot;
    copy.faults.push(...this.faults);
    return copy;
  }
}

function upper(tiles: readonly BuiltTile[]): BuiltTile[] {
  return tiles.filter(({ tile }) => tile.level !== 0);
}

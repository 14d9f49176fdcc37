import { appendAll, type CompactRange, emptyRange, root } from '#libs/merkle/compact-range.js';
import { TILE_WIDTH, type TileId } from './tile-path.js';

/** A tile together with the hashes that it must have (C2SP tlog-tiles, Merkle Tree). */
export type BuiltTile = Readonly<{ tile: TileId; hashes: readonly Buffer[] }>;

/**
 * Computes the tiles and the root of a tree from its leaf hashes alone, in memory that grows with the logarithm of its
 * size (RFC 6962 § 2.1; C2SP tlog-tiles, Merkle Tree).
 */
export class TreeBuilder {
  private range: CompactRange = emptyRange;
  /** For each level the hashes since its last full tile. */
  private pending: Buffer[][] = [];

  /** Appends leaf hashes; gives the tiles that they filled, of level 0 and of those above. */
  add(leaves: readonly Buffer[]): BuiltTile[] {
    const built: BuiltTile[] = [];
    const { range, newNodes } = appendAll(this.range, leaves);
    this.range = range;
    for (const { level, index, hash } of newNodes) {
      if (level % 8 !== 0) continue;
      const hashes = this.atLevel(level / 8);
      hashes.push(hash);
      if (hashes.length < TILE_WIDTH) continue;
      built.push({ tile: { level: level / 8, index: Math.floor(index / TILE_WIDTH), width: TILE_WIDTH }, hashes });
      this.pending[level / 8] = [];
    }
    return built;
  }

  /** The partial tiles at the right edge, lowest level first (C2SP tlog-tiles, Partial Tiles). */
  partialTiles(): BuiltTile[] {
    return this.pending.flatMap((hashes, level) => {
      const before = Math.floor(this.range.size / TILE_WIDTH ** (level + 1));
      return hashes.length === 0 ? [] : [{ tile: { level, index: before, width: hashes.length }, hashes }];
    });
  }

  /** Number of leaves so far. */
  get size(): number {
    return this.range.size;
  }

  /** Root hash of what was added so far (RFC 6962 § 2.1). */
  root(): Buffer {
    return root(this.range);
  }

  /** A second builder that goes on from here by itself. */
  fork(): TreeBuilder {
    const copy = new TreeBuilder();
    copy.range = this.range;
    copy.pending = this.pending.map((hashes) => [...hashes]);
    return copy;
  }

  private atLevel(level: number): Buffer[] {
    const hashes = this.pending[level] ?? [];
    this.pending[level] = hashes;
    return hashes;
  }
}

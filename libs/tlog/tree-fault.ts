import { HASH_BYTES } from '#libs/merkle/hash.js';
import { TileFault } from './tile-fault.js';
import { TILE_WIDTH, type TileId, tilePath } from './tile-path.js';

/**
 * One thing in a log that is not as it must be. `path` is the resource, `byte` the offset of its first wrong byte, `leaf`
 * the index of the first entry concerned.
 *
 * - `ENTRY`: the entry is not the one that was logged, or its bundle cannot be read (C2SP tlog-tiles, Log entries).
 * - `TILE`: the tile does not hold the hashes of the tree (C2SP tlog-tiles, Merkle Tree).
 * - `DISAGREEMENT`: entry and tile differ, and the signed root fits neither of them.
 * - `ROOT`: what is served does not make the tree that was signed (RFC 6962 § 2.1).
 * - `EARLIER_ROOT`: the first entries do not make the tree that was signed earlier (RFC 6962 § 2.1.2).
 * - `MISSING`: the log does not serve it, so nothing can be said about it.
 */
export type TreeFault = Readonly<{
  kind: 'ENTRY' | 'TILE' | 'DISAGREEMENT' | 'ROOT' | 'EARLIER_ROOT' | 'MISSING';
  message: string;
  path?: string;
  byte?: number;
  leaf?: number;
}>;

/** Says what {@link TileFault} says, of this tile or bundle; hands on every other error (C2SP tlog-tiles). */
export function faultOf(error: unknown, tile: TileId): TreeFault {
  if (!(error instanceof TileFault)) throw error;
  const isMissing = error.code === 'TILE_MISSING';
  return {
    kind: isMissing ? 'MISSING' : tile.level === 'entries' ? 'ENTRY' : 'TILE',
    message: isMissing ? 'the log does not serve it' : error.message,
    path: tilePath(tile),
    ...(error.byte !== undefined && { byte: error.byte }),
    leaf: firstLeaf(tile, 0),
  };
}

/** A hash of a tile that is not the one that the leaves below it make (C2SP tlog-tiles, Merkle Tree). */
export function differingTile(
  tile: TileId,
  computed: readonly Buffer[],
  served: readonly Buffer[],
): TreeFault | undefined {
  const at = firstDifference(computed, served);
  if (at === undefined) return undefined;
  const [right, wrong] = [computed[at], served[at]];
  const within = right?.findIndex((byte, i) => byte !== wrong?.[i]) ?? 0;
  return {
    kind: 'TILE',
    message: `hash ${at} of ${served.length} is not that of the leaves below it`,
    path: tilePath(tile),
    byte: at * HASH_BYTES + within,
    leaf: firstLeaf(tile, at),
  };
}

/** Position of the first hash that is not the same in both. */
export function firstDifference(some: readonly Buffer[], others: readonly Buffer[]): number | undefined {
  const at = some.findIndex((hash, i) => others[i]?.equals(hash) !== true);
  return at < 0 ? undefined : at;
}

function firstLeaf({ level, index }: TileId, at: number): number {
  return (index * TILE_WIDTH + at) * TILE_WIDTH ** (level === 'entries' ? 0 : level);
}

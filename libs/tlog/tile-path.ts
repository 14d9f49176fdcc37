import { requireCount } from '#libs/merkle/tree-shape.js';
import { TileFault } from './tile-fault.js';

/** Hashes in a full tile, and entries in a full bundle (C2SP tlog-tiles, Merkle Tree). */
export const TILE_WIDTH = 256;

/**
 * One tile: `width` hashes from the `index`-th tile of a level, or with the level `entries` as many entries of a bundle
 * (C2SP tlog-tiles, Merkle Tree; Log entries). A width below 256 makes it partial.
 */
export type TileId = Readonly<{ level: number | 'entries'; index: number; width: number }>;

/** Where a tile is served below the log's prefix: `tile/<L>/<N>[.p/<W>]` (C2SP tlog-tiles, Merkle Tree; Log entries). */
export function tilePath({ level, index, width }: TileId): string {
  return `tile/${level}/${indexPath(index)}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/** Reads a path as {@link tilePath} writes it, and no other spelling of it (C2SP tlog-tiles, Merkle Tree). Throws {@link TileFault}. */
export function parseTilePath(path: string): TileId {
  const [, levelText, indexText, widthText] =
    /^tile\/(0|[1-9][0-9]?|entries)\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path) ?? [];
  const tile: TileId = {
    level: levelText === 'entries' ? levelText : Number(levelText),
    index: Number(indexText?.replace(/[x/]/g, '')),
    width: widthText === undefined ? TILE_WIDTH : Number(widthText),
  };
  const isOutOfRange =
    (tile.level !== 'entries' && !(tile.level <= 63)) ||
    !Number.isSafeInteger(tile.index) ||
    (widthText !== undefined && tile.width >= TILE_WIDTH);
  if (isOutOfRange || tilePath(tile) !== path) throw new TileFault('MALFORMED_PATH', 'not the path of a tile');
  return tile;
}

/** How many hashes a level has in a tree of that size: `floor(size / 256^level)` (C2SP tlog-tiles, Partial Tiles). Bundles are as level 0. */
export function hashesAtLevel(level: number | 'entries', size: number): number {
  return level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level);
}

/** The tile at that place of a tree, full or partial (C2SP tlog-tiles, Partial Tiles). Throws {@link TileFault} where the tree has none. */
export function tileOfTree(level: number | 'entries', index: number, size: number): TileId {
  requireCount(size, 'size');
  requireCount(index, 'tile index');
  const width = Math.min(TILE_WIDTH, hashesAtLevel(level, size) - index * TILE_WIDTH);
  if (width < 1) throw new TileFault('NOT_IN_TREE', `no tile ${level}/${index} in a tree of size ${size}`);
  return { level, index, width };
}

/** Whether a tree of that size, or of a smaller one, has this very tile: what a log may be asked for (C2SP tlog-tiles, Partial Tiles). */
export function isInTree({ level, index, width }: TileId, size: number): boolean {
  return index * TILE_WIDTH + width <= hashesAtLevel(level, size);
}

/**
 * The tiles and bundles that differ between the trees of two sizes, each in its width in the newer one: what a log has
 * to publish when it grows, or with `oldSize` 0 all that it has (C2SP tlog-tiles, Merkle Tree; Log entries). Bundles
 * first, then level by level, from left to right; made as they are asked for.
 */
export function* tilesOf(oldSize: number, newSize: number): Generator<TileId> {
  requireCount(oldSize, 'old size');
  requireCount(newSize, 'new size');
  for (const level of ['entries' as const, ...Array(64).keys()]) {
    const [before, after] = [hashesAtLevel(level, oldSize), hashesAtLevel(level, newSize)];
    if (after <= before) return;
    for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < after; index++)
      yield tileOfTree(level, index, newSize);
  }
}

/** `1234067` as `x001/x234/067` (C2SP tlog-tiles, Merkle Tree). */
function indexPath(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? [];
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
}

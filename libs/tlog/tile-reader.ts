import type { ReadNodes } from '#libs/merkle/proof.js';
import type { NodeId } from '#libs/merkle/tree-shape.js';
import { parseEntryBundle } from './entry-bundle.js';
import { parseTile, subtreeHash, TILE_BYTES } from './tile.js';
import { TileFault } from './tile-fault.js';
import { TILE_WIDTH, type TileId, tileOfTree, tilePath } from './tile-path.js';

/**
 * Fetches one resource below the log's prefix, such as `checkpoint` or `tile/0/000`: its bytes, or `undefined` when the
 * log does not serve it. Rejects when nobody can say (C2SP tlog-tiles, APIs).
 */
export type FetchResource = (path: string) => Promise<Uint8Array | undefined>;

/** Reads tiles and bundles of a log (C2SP tlog-tiles). What it gives is not authenticated by anything yet. */
export type TileReader = Readonly<{
  /** The hashes of a tile, as many as its width says. Rejects with {@link TileFault}. */
  hashes(tile: TileId): Promise<readonly Buffer[]>;
  /** The entries of a bundle, as many as its width says. Rejects with {@link TileFault}. */
  entries(bundle: TileId): Promise<readonly Buffer[]>;
}>;

/**
 * A reader that keeps the tiles it used last, at most `cachedTiles` of 8 KiB each; bundles are not kept. A partial tile that
 * is gone is taken from the full one in its place (C2SP tlog-tiles, Partial Tiles).
 */
export function tileReader(
  fetchResource: FetchResource,
  { cachedTiles = 1024 }: { cachedTiles?: number } = {},
): TileReader {
  const cache = new Map<string, Promise<readonly Buffer[]>>();
  const hashes = async (tile: TileId): Promise<readonly Buffer[]> => {
    const { bytes, full } = await fetchTile(fetchResource, tile);
    if (bytes.length > TILE_BYTES) throw new TileFault('MALFORMED_TILE', `${tilePath(tile)} is too long`, TILE_BYTES);
    const all = parseTile(bytes, full ? TILE_WIDTH : tile.width);
    return all.slice(0, tile.width);
  };
  return {
    hashes: (tile) => {
      const path = tilePath(tile);
      const cached = cache.get(path) ?? hashes(tile);
      cache.delete(path);
      cache.set(path, cached);
      // A failure may pass; what failed is asked for again.
      cached.catch(() => cache.delete(path));
      for (const oldest of cache.keys()) {
        if (cache.size <= cachedTiles) break;
        cache.delete(oldest);
      }
      return cached;
    },
    entries: async (bundle) => {
      const { bytes, full } = await fetchTile(fetchResource, bundle);
      return parseEntryBundle(bytes, full ? TILE_WIDTH : bundle.width).slice(0, bundle.width);
    },
  };
}

/**
 * Reads tree nodes out of the tiles of a tree of `size` leaves, for `inclusionProof` and `consistencyProof` of
 * libs/merkle (C2SP tlog-tiles, Merkle Tree). Verify such a proof against a signed root before relying on it.
 */
export function nodesFromTiles(reader: TileReader, size: number): ReadNodes {
  return (ids) => Promise.all(ids.map((id) => nodeFromTile(reader, id, size)));
}

async function nodeFromTile(reader: TileReader, { level, index }: NodeId, size: number): Promise<Buffer> {
  const height = level % 8;
  const first = index * 2 ** height;
  const tile = tileOfTree((level - height) / 8, Math.floor(first / TILE_WIDTH), size);
  const hashes = await reader.hashes(tile);
  return subtreeHash(hashes, height, (first % TILE_WIDTH) / 2 ** height);
}

async function fetchTile(
  fetchResource: FetchResource,
  tile: TileId,
): Promise<Readonly<{ bytes: Uint8Array; full: boolean }>> {
  const exact = await fetchResource(tilePath(tile));
  if (exact !== undefined) return { bytes: exact, full: tile.width === TILE_WIDTH };
  const whole = tile.width < TILE_WIDTH ? await fetchResource(tilePath({ ...tile, width: TILE_WIDTH })) : undefined;
  if (whole === undefined) throw new TileFault('TILE_MISSING', `${tilePath(tile)} is not served`);
  return { bytes: whole, full: true };
}

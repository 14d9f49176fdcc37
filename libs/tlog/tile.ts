import { HASH_BYTES, nodeHash } from '#libs/merkle/hash.js';
import { requireHashes } from '#libs/merkle/tree-shape.js';
import { TileFault } from './tile-fault.js';
import { TILE_WIDTH } from './tile-path.js';

/** Bytes of a full tile (C2SP tlog-tiles, Merkle Tree). */
export const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

/** Writes 1 to 256 consecutive hashes of one level (C2SP tlog-tiles, Merkle Tree). Throws {@link TileFault}, `ProofFault` for a hash. */
export function formatTile(hashes: readonly Buffer[]): Buffer {
  requireHashes(hashes);
  if (hashes.length < 1 || hashes.length > TILE_WIDTH)
    throw new TileFault('MALFORMED_TILE', `a tile cannot have ${hashes.length} hashes`);
  return Buffer.concat(hashes);
}

/** Reads a tile of exactly that width; the hashes are views on its bytes (C2SP tlog-tiles, Merkle Tree). Throws {@link TileFault}. */
export function parseTile(bytes: Uint8Array, width: number): Buffer[] {
  if (bytes.length !== width * HASH_BYTES) {
    const message = `${bytes.length} bytes instead of the ${width * HASH_BYTES} of ${width} hashes`;
    throw new TileFault('MALFORMED_TILE', message, Math.min(bytes.length, width * HASH_BYTES));
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: width }, (_, i) => buffer.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}

/**
 * The hash of the perfect subtree over `2^height` neighbouring hashes of a tile, `index`-th from the left
 * (C2SP tlog-tiles, Merkle Tree: what lies between the levels of tiles is hashed again). Throws {@link TileFault} where
 * the tile does not reach.
 */
export function subtreeHash(hashes: readonly Buffer[], height: number, index: number): Buffer {
  let row = hashes.slice(index * 2 ** height, (index + 1) * 2 ** height);
  if (row.length !== 2 ** height) throw new TileFault('NOT_IN_TREE', 'the tile does not reach so far');
  while (row.length > 1) row = pairs(row);
  const [hash] = row;
  if (hash === undefined) throw new TileFault('NOT_IN_TREE', 'the tile does not reach so far');
  return hash;
}

function pairs(row: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = [];
  for (let i = 0; i + 1 < row.length; i += 2) {
    const [left, right] = [row[i], row[i + 1]];
    if (left !== undefined && right !== undefined) above.push(nodeHash(left, right));
  }
  return above;
}

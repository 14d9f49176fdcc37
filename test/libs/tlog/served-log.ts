import { appendAll, emptyRange, root } from '#libs/merkle/compact-range.js';
import { leafHash } from '#libs/merkle/hash.js';
import { formatEntryBundle } from '#libs/tlog/entry-bundle.js';
import { formatTile } from '#libs/tlog/tile.js';
import { TILE_WIDTH, type TileId, tilePath, tilesOf } from '#libs/tlog/tile-path.js';
import type { FetchResource } from '#libs/tlog/tile-reader.js';

/** What a log of these entries serves, by path; tiles of earlier sizes only where `publishedAt` names them. */
export type ServedLog = Readonly<{
  size: number;
  root: Buffer;
  files: Map<string, Buffer>;
  fetchResource: FetchResource;
}>;

export function serve(entries: readonly Buffer[], publishedAt: readonly number[] = [entries.length]): ServedLog {
  const { range, newNodes } = appendAll(emptyRange, entries.map(leafHash));
  const nodes = new Map(newNodes.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  const bytesOf = ({ level, index, width }: TileId): Buffer => {
    const first = index * TILE_WIDTH;
    if (level === 'entries') return formatEntryBundle(entries.slice(first, first + width));
    return formatTile(Array.from({ length: width }, (_, i) => nodes.get(`${level * 8}/${first + i}`)!));
  };
  const files = new Map<string, Buffer>();
  let before = 0;
  for (const size of publishedAt) {
    for (const tile of tilesOf(before, size)) files.set(tilePath(tile), bytesOf(tile));
    before = size;
  }
  return { size: entries.length, root: root(range), files, fetchResource: async (path) => files.get(path) };
}

export function syntheticEntries(n: number, tag = ''): Buffer[] {
  return Array.from({ length: n }, (_, i) => Buffer.from(`synthetic entry ${tag}${i}`));
}

/** A copy of a served log with one file changed, or gone. */
export function damaged(log: ServedLog, path: string, change: (bytes: Buffer) => Buffer | undefined): ServedLog {
  const files = new Map(log.files);
  const before = files.get(path);
  if (before === undefined) throw new TypeError(`${path} is not served`);
  const after = change(Buffer.from(before));
  if (after === undefined) files.delete(path);
  else files.set(path, after);
  return { ...log, files, fetchResource: async (it) => files.get(it) };
}

export function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] = copy[bit >> 3]! ^ (1 << (bit & 7));
  return copy;
}

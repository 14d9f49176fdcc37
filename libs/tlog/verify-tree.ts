import { leafHash } from '#libs/merkle/hash.js';
import { ProofFault } from '#libs/merkle/proof-fault.js';
import { TILE_WIDTH, type TileId, tileOfTree, tilePath } from './tile-path.js';
import { type FetchResource, type TileReader, tileReader } from './tile-reader.js';
import { type SignedTree, TreeBelief } from './tree-belief.js';
import type { BuiltTile } from './tree-builder.js';
import { differingTile, faultOf, firstDifference, type TreeFault } from './tree-fault.js';

export type TreeToVerify = Readonly<{
  /** The tree that the log signed; its signature is verified by the caller. */
  tree: SignedTree;
  /** A tree of at most that size that it signed earlier, and that must be the beginning of this one. */
  earlier?: SignedTree;
  fetchResource: FetchResource;
  /** How many bundles are fetched ahead. */
  window?: number;
  /** For what a log says its entries look like: a text that it gives is an `ENTRY` fault. */
  checkEntry?: (entry: Buffer, index: number) => string | undefined;
  onProgress?: (leaves: number) => void;
}>;

/** The leaves that were read, and the first faults; none means that all of it holds. `MISSING` ones stand last. */
export type TreeVerdict = Readonly<{ leaves: number; faults: readonly TreeFault[] }>;

/** 256 leaves, from both places where a log serves them; a fault where one cannot be read. */
type Column = Readonly<{
  bundle: TileId;
  tile: TileId;
  entries: readonly Buffer[] | TreeFault;
  hashes: readonly Buffer[] | TreeFault;
}>;

/**
 * Verifies a whole log from what it serves: hashes all entries anew and compares every hash with the tiles, and the root
 * with the signed one (RFC 6962 § 2.1; C2SP tlog-tiles). Memory does not grow with the log. Where an entry and the tile
 * of level 0 differ, the tree is computed both ways, and the signed root says which of them is wrong. Rejects as
 * `fetchResource` does, and with `ProofFault` when the earlier tree is the larger one.
 */
export async function verifyTree(task: TreeToVerify): Promise<TreeVerdict> {
  const { tree, earlier, window = 8, checkEntry, onProgress } = task;
  if (earlier !== undefined && earlier.size > tree.size)
    throw new ProofFault('SIZE_ORDER', `size ${earlier.size} is not a prefix of size ${tree.size}`);
  const reader = tileReader(task.fetchResource, { cachedTiles: 4 });
  const byEntries = new TreeBelief(tree, earlier);
  /** Believes the tiles of level 0 instead; there is no need for it until the first difference. */
  let byTiles: TreeBelief | undefined;
  /** What does not depend on whom one believes: by path, or by entry. */
  const certain = new Map<string, TreeFault>();
  const columns = ahead(bundlesOf(tree.size), (bundle) => readColumn(reader, bundle, tree.size), window);
  for await (const { bundle, tile, entries, hashes } of columns) {
    const leavesOf = isFault(entries) ? undefined : entries.map(leafHash);
    const served = isFault(hashes) ? undefined : hashes;
    for (const read of [entries, hashes]) if (isFault(read)) keep(certain, read);
    const [first, second] = [leavesOf ?? served, served ?? leavesOf];
    const before = bundle.index * TILE_WIDTH;
    if (first === undefined || second === undefined)
      return { leaves: before, faults: ordered([...byEntries.faults, ...certain.values()]) };
    if (!isFault(entries)) {
      const differing = firstDifference(first, second);
      if (differing !== undefined) {
        byTiles ??= byEntries.fork();
        byEntries.note(differingTile(tile, first, second));
        byTiles.note(wrongEntry(bundle, entries, differing, 'not the entry that was logged'));
      }
      for (const [i, entry] of entries.entries()) {
        const message = checkEntry?.(entry, before + i);
        if (message !== undefined) keep(certain, wrongEntry(bundle, entries, i, message));
      }
    }
    await compare(reader, byEntries.add(first), byEntries, certain);
    if (byTiles !== undefined) await compare(reader, byTiles.add(second), byTiles, certain);
    onProgress?.(before + bundle.width);
  }
  for (const belief of [byEntries, byTiles])
    if (belief !== undefined) await compare(reader, belief.partialTiles(), belief, certain);
  return { leaves: tree.size, faults: ordered([...judge(tree, earlier, byEntries, byTiles), ...certain.values()]) };
}

/** Believes whom the signed root confirms. */
function judge(
  tree: SignedTree,
  earlier: SignedTree | undefined,
  byEntries: TreeBelief,
  byTiles: TreeBelief | undefined,
): TreeFault[] {
  const right = byEntries.isSigned() ? byEntries : byTiles?.isSigned() === true ? byTiles : undefined;
  const believed = right ?? byEntries;
  const faults: TreeFault[] =
    right === undefined
      ? [
          ...byEntries.faults.map(disagreement),
          { kind: 'ROOT', message: `the tree of ${tree.size} leaves has another root` },
        ]
      : [...right.faults];
  if (earlier !== undefined && believed.breaksEarlier())
    faults.push({
      kind: 'EARLIER_ROOT',
      message: `the first ${earlier.size} leaves are not those that were signed earlier`,
    });
  return faults;
}

function disagreement(fault: TreeFault): TreeFault {
  return {
    ...fault,
    kind: 'DISAGREEMENT',
    message: 'it does not fit the entries, and neither of them the signed root',
  };
}

/** Compares what a belief computed with the tiles that are served above level 0. */
async function compare(
  reader: TileReader,
  built: readonly BuiltTile[],
  belief: TreeBelief,
  certain: Map<string, TreeFault>,
): Promise<void> {
  for (const { tile, hashes } of built) {
    try {
      belief.note(differingTile(tile, hashes, await reader.hashes(tile)));
    } catch (error) {
      keep(certain, faultOf(error, tile));
    }
  }
}

async function readColumn(reader: TileReader, bundle: TileId, size: number): Promise<Column> {
  const tile = tileOfTree(0, bundle.index, size);
  const [entries, hashes] = await Promise.all([
    reader.entries(bundle).catch((error: unknown) => faultOf(error, bundle)),
    reader.hashes(tile).catch((error: unknown) => faultOf(error, tile)),
  ]);
  return { bundle, tile, entries, hashes };
}

function* bundlesOf(size: number): Generator<TileId> {
  for (let index = 0; index * TILE_WIDTH < size; index++) yield tileOfTree('entries', index, size);
}

/** Runs `window` readings at once and gives their results in order. */
async function* ahead<Id, Result>(
  ids: Iterable<Id>,
  read: (id: Id) => Promise<Result>,
  window: number,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for (const id of ids) {
    const started = read(id);
    // Whoever stops early asks for the rest no more; a failure in it is nobody's then.
    started.catch(() => undefined);
    running.push(started);
    const next = running.length < window ? undefined : running.shift();
    if (next !== undefined) yield await next;
  }
  for (const rest of running) yield await rest;
}

function wrongEntry(bundle: TileId, entries: readonly Buffer[], at: number, message: string): TreeFault {
  const byte = entries.slice(0, at).reduce((sum, entry) => sum + 2 + entry.length, 2);
  return { kind: 'ENTRY', message, path: tilePath(bundle), byte, leaf: bundle.index * TILE_WIDTH + at };
}

function keep(faults: Map<string, TreeFault>, fault: TreeFault): void {
  if (faults.size < 100) faults.set(`${fault.path}#${fault.leaf}`, fault);
}

function ordered(faults: readonly TreeFault[]): TreeFault[] {
  const rank = ({ kind }: TreeFault) => (kind === 'MISSING' ? 1 : 0);
  return faults.toSorted((a, b) => rank(a) - rank(b));
}

function isFault(read: readonly Buffer[] | TreeFault): read is TreeFault {
  return 'kind' in read;
}

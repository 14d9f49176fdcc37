import { openCheckpoint } from '../../verifier/second-verifier.js';
import type { LogState } from './log-state.js';
import type { Tree } from './tree.js';

const HASH = 32;

/** No index twice, no gap, no entry changed, and the head is the signed one of exactly these entries. Grows the tree. */
export function checkStructure(log: LogState, tree: Tree, vkey: string): readonly string[] {
  const faults: string[] = [];
  if (log.entries !== log.size || log.last !== log.size - 1)
    faults.push(`the head says ${log.size} entries; there are ${log.entries}, the last at index ${log.last}`);
  if (log.size < tree.size) return [...faults, `the log went back from ${tree.size} to ${log.size} entries`];
  const changed = tree.grow(log.leaves);
  if (changed !== undefined) return [...faults, `entry ${changed} is not what it was`];
  const root = tree.root(log.size);
  if (!root.equals(log.root)) faults.push('the root of the head is not that of the entries');
  const frontier = frontierOf(tree, log.size);
  if (!Buffer.concat([...log.frontier]).equals(frontier))
    faults.push('the frontier of the head is not that of the entries');
  faults.push(...nodeFaults(log, tree));
  if (log.checkpoint === undefined) return log.size === 0 ? faults : [...faults, 'the head has no checkpoint'];
  try {
    const signed = openCheckpoint(log.checkpoint, vkey);
    if (signed.size !== log.size || !signed.root.equals(root))
      faults.push('the checkpoint of the head is of another tree');
  } catch (error) {
    faults.push(`the checkpoint of the head: ${(error as Error).message}`);
  }
  return faults;
}

/** Largest subtree first. */
function frontierOf(tree: Tree, size: number): Buffer {
  const hashes: Buffer[] = [];
  for (let level = 0; 2 ** level <= size; level++) {
    const at = Math.floor(size / 2 ** level);
    if (at % 2 === 1) hashes.unshift(tree.row(level).subarray(HASH * (at - 1), HASH * at));
  }
  return Buffer.concat(hashes);
}

function nodeFaults(log: LogState, tree: Tree): readonly string[] {
  const faults: string[] = [];
  for (let level = 1; level < Math.max(tree.levels, 1 + Math.max(0, ...log.nodes.keys())); level++) {
    const row = tree.row(level);
    const stored = log.nodes.get(level);
    const isWhole =
      stored === undefined ? row.length === 0 : stored.count === stored.last + 1 && stored.hashes.equals(row);
    if (!isWhole) faults.push(`the hashes of level ${level} are not those of the entries`);
  }
  return faults;
}

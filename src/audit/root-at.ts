import { combine, frontier } from '#libs/merkle/compact-range.js';
import { emptyRoot } from '#libs/merkle/hash.js';
import type { LogStore } from './log-store.js';

/** Root of the first `size` entries; `undefined` where the log does not reach so far. */
export async function rootAt(store: Pick<LogStore, 'readNodes'>, size: number): Promise<Buffer | undefined> {
  const ids = frontier(size);
  const nodes = await store.readNodes(ids);
  return nodes.length === ids.length ? (combine(nodes) ?? emptyRoot) : undefined;
}

import { ProofFault } from '#libs/merkle/proof-fault.js';
import type { LogStore } from '../audit/log-store.js';
import { rootAt } from '../audit/root-at.js';

/** An index or a size that the log has not reached. */
export class BeyondLog extends Error {
  override readonly name = 'BeyondLog';

  constructor(readonly size: number) {
    super(`the log has ${size} entries`);
  }
}

/** Size and root of the tree that a proof is asked for: the newest, or an earlier one. Throws {@link BeyondLog}. */
export async function treeAt(
  store: LogStore,
  size: number | undefined,
): Promise<{ treeSize: number; rootHash: Buffer }> {
  const head = await store.head();
  if (size === undefined || size === head.size) return { treeSize: head.size, rootHash: head.root };
  if (size > head.size) throw new BeyondLog(head.size);
  const rootHash = await rootAt(store, size);
  if (rootHash === undefined) throw new ProofFault('NODE_MISSING', 'the log lacks a node');
  return { treeSize: size, rootHash };
}

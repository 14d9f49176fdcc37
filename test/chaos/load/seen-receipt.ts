import type { AuditReceipt } from '../../../src/audit/log-store.js';

/** A receipt as it leaves the node: in the form of the answers of our client. */
export function seenReceipt(receipt: AuditReceipt) {
  const { index, treeSize, rootHash, checkpoint, inclusionProof, leaf, opening } = receipt;
  return {
    log_index: index,
    tree_size: treeSize,
    root_hash: rootHash.toString('base64'),
    checkpoint,
    inclusion_proof: inclusionProof.map((hash) => hash.toString('base64')),
    entry: leaf.toString('base64'),
    opening: {
      salt: Buffer.from(opening.caller_salt, 'base64url').toString('base64'),
      caller: opening.caller,
      protected_hash: Buffer.from(opening.protected_hash, 'base64url').toString('base64'),
    },
  };
}

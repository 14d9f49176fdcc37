import type { Receipt } from '../platform/rpc-types/einmal/broker/v1/Receipt.js';
import { canonicalBytes } from '../tokens/digest.js';
import type { ReceiptCopy } from './receipt.js';

export function receiptToWire(receipt: ReceiptCopy): Receipt {
  return {
    log_index: receipt.index,
    tree_size: receipt.treeSize,
    root_hash: receipt.rootHash,
    checkpoint: receipt.checkpoint,
    inclusion_proof: [...receipt.inclusionProof],
    entry: receipt.leaf,
    opening: {
      salt: Buffer.from(receipt.opening.caller_salt, 'base64url'),
      caller: canonicalBytes(receipt.opening.caller).toString('utf8'),
      protected_hash: Buffer.from(receipt.opening.protected_hash, 'base64url'),
    },
    tlog_proof: receipt.tlogProof,
  };
}

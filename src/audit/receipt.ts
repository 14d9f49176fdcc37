import type { AuditReceipt, ReceiptFacts } from './log-store.js';

/** A receipt as it leaves the node: plain data that can be sealed, sent and verified, and that proves nothing inside it. */
export type ReceiptCopy = ReceiptFacts & Readonly<{ tlogProof: string }>;

export function copyOf(receipt: AuditReceipt): ReceiptCopy {
  const { index, treeSize, rootHash, checkpoint, inclusionProof, leaf, opening } = receipt;
  return { index, treeSize, rootHash, checkpoint, inclusionProof, leaf, opening, tlogProof: receipt.tlogProof() };
}

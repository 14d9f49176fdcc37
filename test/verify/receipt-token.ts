import { createHash } from 'node:crypto';
import { leafHash } from '#libs/merkle/hash.js';
import { type ReceiptStatement, signReceipt } from '../../src/tokens/receipt-token.js';
import type { KeySet, Receipt } from '../../src/verify/answer.js';
import { NOW } from '../support/builders.js';
import { aKeyPair } from '../support/keys.js';

const node = await aKeyPair('node-receipt-1', 'ES256', 'receipt');

/** Public keys of the node that signs {@link receiptToken}. */
export const nodeKeys: KeySet = {
  keys: [{ ...node.published.jwk, kid: node.published.kid, alg: node.published.alg, use: 'sig' }],
};

/** What an honest node signs about the entry of a receipt; `deviation` lets it speak of something else. */
export async function receiptToken(receipt: Receipt, deviation: Partial<ReceiptStatement> = {}): Promise<string> {
  const { checkpoint, entry, log_index, tree_size, root_hash, opening } = receipt;
  const { consumer, exchange_ref, release_digest } = opening.caller as Readonly<Record<string, string | undefined>>;
  const text = checkpoint.slice(0, checkpoint.lastIndexOf('\n\n') + 1);
  const statement: ReceiptStatement = {
    participant: String(consumer),
    exchange: exchange_ref,
    log_origin: text.split('\n')[0] ?? '',
    log_index,
    leaf_hash: leafHash(Buffer.from(entry, 'base64')).toString('base64url'),
    tree_size,
    root_hash: Buffer.from(root_hash, 'base64').toString('base64url'),
    checkpoint_hash: createHash('sha256').update(text).digest('base64url'),
    release_digest,
    ...deviation,
  };
  return signReceipt(statement, { issuer: 'https://node.example', key: node.signing, nowMs: NOW });
}

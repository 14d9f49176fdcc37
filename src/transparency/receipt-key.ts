import type { SigningKey } from '../tokens/jws.js';

/** Key with which the node signs receipts on demand; `issuer` is where its public half is published. */
export class ReceiptKey {
  constructor(
    readonly issuer: string,
    readonly key: SigningKey,
  ) {}
}

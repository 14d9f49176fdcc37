import type { SigningKey } from '../tokens/jws.js';

/** Key with which the node signs receipts on demand; `issuer` is where its public half is published. */
export class ReceiptKey {
  #key: SigningKey;

  constructor(
    readonly issuer: string,
    key: SigningKey,
  ) {
    this.#key = key;
  }

  get key(): SigningKey {
    return this.#key;
  }

  rotate(next: SigningKey): void {
    this.#key = next;
  }
}

import type { SigningKey } from '../tokens/jws.js';

/** The key that signs permission tokens, and whose it is. */
export class PermissionKey {
  #key: SigningKey;

  constructor(
    /** Participant id of this intermediary: `iss` of its tokens. */
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

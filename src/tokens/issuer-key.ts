import type { SigningKey } from './jws.js';

/** The key that the tokens of one issuer are signed with; another one from one moment to the next. */
export class IssuerKey {
  #key: SigningKey;

  constructor(
    /** `iss` of the tokens. */
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

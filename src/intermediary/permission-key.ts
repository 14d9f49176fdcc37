import type { SigningKey } from '../tokens/jws.js';

/** The key that signs permission tokens, and whose it is. */
export class PermissionKey {
  constructor(
    /** Participant id of this intermediary: `iss` of its tokens. */
    readonly issuer: string,
    readonly key: SigningKey,
  ) {}
}

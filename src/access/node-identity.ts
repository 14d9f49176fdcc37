import type { SigningKey } from '../tokens/jws.js';

type Own = Readonly<{ certificate: string; accessTokenKey: SigningKey; triggerKey: SigningKey }>;

/** Who this node is towards others, and the keys it signs with: one key, one use; another one from one moment to the next. */
export class NodeIdentity {
  #own: Own;

  constructor(
    readonly participant: string,
    /** OAuth issuer identifier, an https URL (RFC 8414 § 2). */
    readonly issuer: string,
    certificate: string,
    accessTokenKey: SigningKey,
    triggerKey: SigningKey,
  ) {
    this.#own = { certificate, accessTokenKey, triggerKey };
  }

  /** `x5t#S256` of the certificate that this node shows as a client. */
  get certificate(): string {
    return this.#own.certificate;
  }

  get accessTokenKey(): SigningKey {
    return this.#own.accessTokenKey;
  }

  get triggerKey(): SigningKey {
    return this.#own.triggerKey;
  }

  rotate(next: Partial<Own>): void {
    this.#own = { ...this.#own, ...next };
  }
}

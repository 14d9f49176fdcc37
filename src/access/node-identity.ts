import type { SigningKey } from '../tokens/jws.js';

/** Who this node is towards others, and the keys it signs with: one key, one use. */
export class NodeIdentity {
  constructor(
    readonly participant: string,
    /** OAuth issuer identifier, an https URL (RFC 8414 § 2). */
    readonly issuer: string,
    /** `x5t#S256` of the certificate that this node shows as a client. */
    readonly certificate: string,
    readonly accessTokenKey: SigningKey,
    readonly triggerKey: SigningKey,
  ) {}
}

import { canonicalDigest } from './digest.js';
import type { PersonRetrieval } from './register-request.js';

/** What a person is asked about at a register, for themself. Byte values are base64url. */
export type RegisterInquiry = Readonly<{
  /** Made for this register alone. */
  inquiry_id: string;
  register: string;
  person: PersonRetrieval['person'];
  page_size: number;
  /** Empty for a list that begins. */
  page_token: string;
  /** Fresh, 32 bytes. */
  nonce: string;
  /** Milliseconds since the epoch. */
  issued_at: number;
}>;

/** SHA-256 over the RFC 8785 form of the whole inquiry without its token, base64url. The register recomputes it itself. */
export function inquiryDigest(inquiry: RegisterInquiry): string {
  return canonicalDigest(inquiry);
}

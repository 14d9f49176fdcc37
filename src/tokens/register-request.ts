import type { CompanyKey, CompanyRepresentative } from './company-key.js';
import { canonicalDigest } from './digest.js';

/** What every request to a register states, whatever it asks for. Byte values are base64url. */
type Stated = Readonly<{
  retrieval_id: string;
  register: string;
  consumer: string;
  purpose: string;
  purpose_hash: string;
  legal_basis: string;
  subject_role: string;
  /** Fresh, 32 bytes, known to node and register only: without it the intermediary could guess the IDNr from the digest. */
  nonce: string;
  /** Milliseconds since the epoch. */
  issued_at: number;
}>;

type Wanted = Stated & Readonly<{ evidence_type: string; fields: readonly string[] }>;

export type PersonRetrieval = Wanted &
  Readonly<{
    person: Readonly<{
      idnr: string;
      birth_date: string;
      commitment: Readonly<{ salt: string; family_name: string | null; idnr: string | null }>;
    }>;
  }>;

/** There is no IDNr in it: a register of companies must not receive one (EGovG § 5 Abs. 4). */
export type CompanyRetrieval = Wanted &
  Readonly<{
    company: Readonly<{ key: CompanyKey; representative: CompanyRepresentative | null; commitment_salt: string }>;
  }>;

export type RetrievalRequest = PersonRetrieval | CompanyRetrieval;

/** Exactly one of the key sets of IDNrG § 6 Abs. 3. */
export type PersonKey =
  | Readonly<{ set: 'address'; family_name: string; town: string; postcode: string; birth_date: string }>
  | Readonly<{ set: 'name'; family_name: string; given_names: string; birth_date: string }>
  | Readonly<{ set: 'idnr'; idnr: string; birth_date: string }>;

export type LookupRequest = Stated &
  Readonly<{ key: PersonKey; commitment_salt: string; representative_idnr: string | null }>;

/** SHA-256 over the RFC 8785 form of the whole request without its tokens, base64url. The register recomputes it itself. */
export function requestDigest(request: RetrievalRequest | LookupRequest): string {
  return canonicalDigest(request);
}

/** The answer to a prefill as plain JSON: bytes are base64, times ISO 8601 in UTC. Everything that can be verified is in it. */
export type PrefillAnswer = Readonly<{
  exchange_id: string;
  state: 'COMPLETE' | 'INCOMPLETE';
  fields: readonly AnsweredField[];
  not_delivered: readonly NotDelivered[];
  evidence: readonly ReleasedEvidence[];
  receipt: Receipt;
  release_salt: string;
  /** Absent where the person stated nothing themself. */
  own_statements?: OwnStatements;
}>;

/**
 * What the person holds to be right where a register says otherwise, as they wrote it after the preview (EGovG § 5 Abs. 5): their own
 * statement, for which no register vouches. `attestation` is by the pages and names the digest of each.
 */
export type OwnStatements = Readonly<{
  attestation: string;
  statements: readonly Readonly<{
    held_id: string;
    evidence_id: string;
    attribute: string;
    value: string;
    /** base64url. */
    salt: string;
  }>[];
}>;

export type FieldSource = Readonly<{
  register: string;
  evidence_id: string;
  attribute: string;
  as_of: string;
  assurance: string;
}>;

export type AnsweredField = Readonly<{
  fim_id: string;
  label: string;
  subject_role: string;
  value: string;
  source: FieldSource;
  alternatives: readonly Readonly<{ value: string; source: FieldSource }>[];
}>;

export type NotDelivered = Readonly<{
  evidence_type: string;
  subject_role: string;
  state: string;
  reason: string;
  detail: string;
  /** What the applicant can do instead (EGovG § 5 Abs. 1). */
  manual: string;
  /** The same by language tag: `de`, `de-simple`, `en`. */
  manual_texts?: Readonly<Record<string, string>>;
  /** With the state DEFERRED, or the reason RATE_LIMITED or REGISTER_RATE_LIMITED: from when on it is worth asking again. ISO 8601. */
  available_at?: string;
  /** With the state DEFERRED, where the decision is kept open: until when. ISO 8601. */
  kept_until?: string;
  /** With the state PREVIEW_REQUIRED: what to decide on after the preview (EGovG § 5 Abs. 5). */
  held_id?: string;
}>;

export type ReleasedEvidence = Readonly<{
  evidence_id: string;
  evidence_type: string;
  subject_role: string;
  register: string;
  as_of: string;
  assurance: string;
  /** Compact SD-JWT VC with the disclosures that were released. Of `evidence_jwe`: what its consumer made of it, or empty. */
  sd_jwt: string;
  /** Compact JWE, where the consumer itself holds the key: this is what was released, and what the log recorded. */
  evidence_jwe?: string;
  withheld: readonly Readonly<{ attribute: string; norm: string }>[];
  receipt: Receipt;
}>;

export type Receipt = Readonly<{
  log_index: number;
  tree_size: number;
  root_hash: string;
  /** C2SP tlog-checkpoint. */
  checkpoint: string;
  /** Leaf sibling first (RFC 6962 § 2.1.1). */
  inclusion_proof: readonly string[];
  /** The leaf. */
  entry: string;
  opening: Readonly<{
    salt: string;
    /** The half of the log record that the caller may see. */
    caller: Readonly<Record<string, unknown>>;
    protected_hash: string;
  }>;
}>;

/** A decision that the consumer had attested: what it remembers of its own request. */
export type OwnDecision = Readonly<{
  /** `jti` of the attestation. */
  trigger_id: string;
  evidence_type: string;
  subject_role: string;
  fields: readonly string[];
  legal_basis: string;
  purpose: string;
  purpose_hash: string;
}>;

export type Asked = Readonly<{ consumer: string; decisions: readonly OwnDecision[] }>;

/** Public keys to verify with: of each register by its id, of the node, and the verifier key of the log. */
export type Trust = Readonly<{ registers: Readonly<Record<string, KeySet>>; node: KeySet; log: string }>;

/** RFC 7517 § 5. */
export type KeySet = Readonly<{ keys: readonly Readonly<Record<string, unknown>>[] }>;

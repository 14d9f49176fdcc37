import type { AnsweredField, NotDelivered, Receipt, ReleasedEvidence } from './answer.js';

export const ARCHIVE_FORMAT = 'einmal-archive/1';

/** An entry of the log with its proof: bytes are base64. */
export type ArchivedEntry = Readonly<{
  opening: Receipt['opening'];
  /** C2SP tlog-proof: index, inclusion proof and signed checkpoint. */
  tlog_proof: string;
}>;

/** An entry whose protected half is open, too: the authority wrote it itself. */
export type ArchivedDecision = ArchivedEntry &
  Readonly<{
    protected: Readonly<{
      salt: string;
      part: Readonly<{
        attributes: readonly string[];
        file_reference?: string;
        acting_official?: string;
      }>;
    }>;
  }>;

/** One piece of evidence with all that it takes to verify it. */
export type ArchivedEvidence = Omit<ReleasedEvidence, 'receipt'> &
  Readonly<{
    /** "Retrieval closed": what was released, and the thumbprint of the key that had signed it. */
    entry: ArchivedEntry;
    /** "Trigger granted": norm, file reference, official. */
    decision: ArchivedDecision;
    issuer_key: Readonly<{
      /** RFC 7517, public. */
      jwk: Readonly<Record<string, string>>;
      /** "Key added" and "key removed", oldest first, as far as the log still said so. */
      entries: readonly ArchivedEntry[];
    }>;
  }>;

/**
 * One answer as an authority keeps it: a file that verifies without node, register and catalogue, whatever became of their
 * keys and of the records in the log. Every member is covered by a signature or by the log.
 */
export type Archive = Readonly<{
  format: typeof ARCHIVE_FORMAT;
  /** Verifier key of the log, as whoever wrote the archive was told. Trust one that you got on another way. */
  log: string;
  consumer: string;
  exchange_id: string;
  fields: readonly AnsweredField[];
  not_delivered: readonly Pick<NotDelivered, 'evidence_type' | 'subject_role' | 'reason' | 'detail'>[];
  release_salt: string;
  /** "Exchange closed". */
  entry: ArchivedEntry;
  evidence: readonly ArchivedEvidence[];
}>;

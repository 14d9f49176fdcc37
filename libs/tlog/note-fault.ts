/**
 * Why a key, a note, a checkpoint, a cosignature, a proof file or a request was not accepted.
 *
 * - `MALFORMED_KEY`, `KEY_ID_MISMATCH`, `UNSUPPORTED_KEY`: the verifier key itself (C2SP signed-note, Signatures).
 * - `MALFORMED_TEXT`: the text to be signed is not one that a note can carry (C2SP signed-note, Format).
 * - `TOO_LARGE`, `MALFORMED_NOTE`: not a note (C2SP signed-note, Format).
 * - `BAD_SIGNATURE`: a known key's signature does not verify; `NO_KNOWN_SIGNATURE`: there is none by a required key.
 * - `MALFORMED_CHECKPOINT`, `WRONG_ORIGIN`: the note's text is not this log's checkpoint (C2SP tlog-checkpoint, Note text).
 * - `MALFORMED_PROOF`: not a proof file (C2SP tlog-proof, Format).
 * - `MALFORMED_COSIGNATURE`: not a time and a signature, or a time out of range (C2SP tlog-cosignature, Format).
 * - `MALFORMED_REQUEST`: not the body of an add-checkpoint call (C2SP tlog-witness, add-checkpoint).
 */
export type NoteFaultCode =
  | 'MALFORMED_KEY'
  | 'KEY_ID_MISMATCH'
  | 'UNSUPPORTED_KEY'
  | 'MALFORMED_TEXT'
  | 'TOO_LARGE'
  | 'MALFORMED_NOTE'
  | 'BAD_SIGNATURE'
  | 'NO_KNOWN_SIGNATURE'
  | 'MALFORMED_CHECKPOINT'
  | 'WRONG_ORIGIN'
  | 'MALFORMED_PROOF'
  | 'MALFORMED_COSIGNATURE'
  | 'MALFORMED_REQUEST';

/** A failure under the C2SP signed-note, tlog-checkpoint, tlog-proof, tlog-cosignature or tlog-witness specification; tell the cases apart by `code`. */
export class NoteFault extends Error {
  override readonly name = 'NoteFault';

  constructor(
    readonly code: NoteFaultCode,
    message: string,
  ) {
    super(message);
  }
}

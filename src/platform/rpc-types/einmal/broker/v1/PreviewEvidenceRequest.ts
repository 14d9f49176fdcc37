// Original file: einmal/broker/v1/evidence_service.proto


/**
 * Request of PreviewEvidence.
 */
export interface PreviewEvidenceRequest {
  /**
   * Exchange that holds evidence. Required.
   */
  'exchange_id'?: (string);
  /**
   * Held items to show; all if empty.
   */
  'held_ids'?: (string)[];
  /**
   * Of pages: session token with the subject token of the person who decided at these pages. Required for pages only.
   */
  'session_token'?: (string);
}

/**
 * Request of PreviewEvidence.
 */
export interface PreviewEvidenceRequest__Output {
  /**
   * Exchange that holds evidence. Required.
   */
  'exchange_id'?: (string);
  /**
   * Held items to show; all if empty.
   */
  'held_ids'?: (string)[];
  /**
   * Of pages: session token with the subject token of the person who decided at these pages. Required for pages only.
   */
  'session_token'?: (string);
}

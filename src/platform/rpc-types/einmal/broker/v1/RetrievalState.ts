// Original file: einmal/broker/v1/evidence.proto

/**
 * State of one retrieval. Opened, then held or deferred any number of times, then exactly one final outcome.
 */
export const RetrievalState = {
  /**
   * Never sent.
   */
  RETRIEVAL_STATE_UNSPECIFIED: 'RETRIEVAL_STATE_UNSPECIFIED',
  /**
   * Delivered with this answer.
   */
  RETRIEVAL_STATE_DELIVERED: 'RETRIEVAL_STATE_DELIVERED',
  /**
   * The register will have it at `available_time`.
   */
  RETRIEVAL_STATE_DEFERRED: 'RETRIEVAL_STATE_DEFERRED',
  /**
   * Held, sealed, until the person has seen it and decided (EGovG § 5 Abs. 5).
   */
  RETRIEVAL_STATE_PREVIEW_REQUIRED: 'RETRIEVAL_STATE_PREVIEW_REQUIRED',
  /**
   * Understood, and the answer is no.
   */
  RETRIEVAL_STATE_REFUSED: 'RETRIEVAL_STATE_REFUSED',
  /**
   * Somebody upstream could not answer.
   */
  RETRIEVAL_STATE_FAILED: 'RETRIEVAL_STATE_FAILED',
} as const;

/**
 * State of one retrieval. Opened, then held or deferred any number of times, then exactly one final outcome.
 */
export type RetrievalState =
  /**
   * Never sent.
   */
  | 'RETRIEVAL_STATE_UNSPECIFIED'
  | 0
  /**
   * Delivered with this answer.
   */
  | 'RETRIEVAL_STATE_DELIVERED'
  | 1
  /**
   * The register will have it at `available_time`.
   */
  | 'RETRIEVAL_STATE_DEFERRED'
  | 2
  /**
   * Held, sealed, until the person has seen it and decided (EGovG § 5 Abs. 5).
   */
  | 'RETRIEVAL_STATE_PREVIEW_REQUIRED'
  | 3
  /**
   * Understood, and the answer is no.
   */
  | 'RETRIEVAL_STATE_REFUSED'
  | 4
  /**
   * Somebody upstream could not answer.
   */
  | 'RETRIEVAL_STATE_FAILED'
  | 5

/**
 * State of one retrieval. Opened, then held or deferred any number of times, then exactly one final outcome.
 */
export type RetrievalState__Output = typeof RetrievalState[keyof typeof RetrievalState]

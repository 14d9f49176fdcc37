// Original file: einmal/broker/v1/evidence_service.proto


/**
 * Request of GetDeferredEvidence.
 */
export interface GetDeferredEvidenceRequest {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Exchange in which the register answered "later". Required.
   */
  'exchange_id'?: (string);
}

/**
 * Request of GetDeferredEvidence.
 */
export interface GetDeferredEvidenceRequest__Output {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Exchange in which the register answered "later". Required.
   */
  'exchange_id'?: (string);
}

// Original file: einmal/broker/v1/consent_service.proto


/**
 * Request of GetDecision.
 */
export interface GetDecisionRequest {
  /**
   * Handle from RequestDecision. Required.
   */
  'decision_id'?: (string);
}

/**
 * Request of GetDecision.
 */
export interface GetDecisionRequest__Output {
  /**
   * Handle from RequestDecision. Required.
   */
  'decision_id'?: (string);
}

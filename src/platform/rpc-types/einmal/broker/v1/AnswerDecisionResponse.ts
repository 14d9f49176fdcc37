// Original file: einmal/broker/v1/consent_service.proto


/**
 * Response of AnswerDecision.
 */
export interface AnswerDecisionResponse {
  /**
   * Where the person returns to.
   */
  'return_url'?: (string);
}

/**
 * Response of AnswerDecision.
 */
export interface AnswerDecisionResponse__Output {
  /**
   * Where the person returns to.
   */
  'return_url'?: (string);
}

// Original file: einmal/broker/v1/oversight_service.proto


/**
 * Request of ExplainQuestion.
 */
export interface ExplainQuestionRequest {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Participant that would receive the evidence. Required.
   */
  'consumer'?: (string);
  /**
   * Register that would deliver it. Required.
   */
  'register'?: (string);
  /**
   * Evidence type. Required.
   */
  'evidence_type'?: (string);
  /**
   * Purpose. Required.
   */
  'purpose'?: (string);
  /**
   * Legal basis. Required.
   */
  'legal_basis'?: (string);
}

/**
 * Request of ExplainQuestion.
 */
export interface ExplainQuestionRequest__Output {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Participant that would receive the evidence. Required.
   */
  'consumer'?: (string);
  /**
   * Register that would deliver it. Required.
   */
  'register'?: (string);
  /**
   * Evidence type. Required.
   */
  'evidence_type'?: (string);
  /**
   * Purpose. Required.
   */
  'purpose'?: (string);
  /**
   * Legal basis. Required.
   */
  'legal_basis'?: (string);
}

// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * Request of ExplainTransfer.
 */
export interface ExplainTransferRequest {
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
  /**
   * Attributes; those that the nearest rules name if empty.
   */
  'fields'?: (string)[];
}

/**
 * Request of ExplainTransfer.
 */
export interface ExplainTransferRequest__Output {
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
  /**
   * Attributes; those that the nearest rules name if empty.
   */
  'fields'?: (string)[];
}

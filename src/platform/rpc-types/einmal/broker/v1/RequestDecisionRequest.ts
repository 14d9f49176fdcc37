// Original file: einmal/broker/v1/consent_service.proto


/**
 * Request of RequestDecision.
 */
export interface RequestDecisionRequest {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Online service that asks. Required.
   */
  'service'?: (string);
  /**
   * Where the person returns to; must be registered for the consumer. Required.
   */
  'return_url'?: (string);
}

/**
 * Request of RequestDecision.
 */
export interface RequestDecisionRequest__Output {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Online service that asks. Required.
   */
  'service'?: (string);
  /**
   * Where the person returns to; must be registered for the consumer. Required.
   */
  'return_url'?: (string);
}

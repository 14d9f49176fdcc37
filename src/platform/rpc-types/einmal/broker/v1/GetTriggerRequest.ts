// Original file: einmal/broker/v1/consent_service.proto


/**
 * Request of GetTrigger.
 */
export interface GetTriggerRequest {
  /**
   * Trigger to return. Required.
   */
  'trigger_id'?: (string);
}

/**
 * Request of GetTrigger.
 */
export interface GetTriggerRequest__Output {
  /**
   * Trigger to return. Required.
   */
  'trigger_id'?: (string);
}

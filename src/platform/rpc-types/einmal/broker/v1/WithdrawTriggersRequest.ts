// Original file: einmal/broker/v1/consent_service.proto


/**
 * Request of WithdrawTriggers.
 */
export interface WithdrawTriggersRequest {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Triggers to withdraw, 1 to 64. Required.
   */
  'trigger_ids'?: (string)[];
}

/**
 * Request of WithdrawTriggers.
 */
export interface WithdrawTriggersRequest__Output {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Triggers to withdraw, 1 to 64. Required.
   */
  'trigger_ids'?: (string)[];
}

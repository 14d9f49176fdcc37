// Original file: einmal/broker/v1/evidence_service.proto


/**
 * Request of WatchExchange.
 */
export interface WatchExchangeRequest {
  /**
   * Exchange in which the register answered "later". Required.
   */
  'exchange_id'?: (string);
}

/**
 * Request of WatchExchange.
 */
export interface WatchExchangeRequest__Output {
  /**
   * Exchange in which the register answered "later". Required.
   */
  'exchange_id'?: (string);
}

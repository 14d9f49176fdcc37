// Original file: einmal/broker/v1/consent_service.proto


/**
 * Request of ListTriggers.
 */
export interface ListTriggersRequest {
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list.
   */
  'page_token'?: (string);
}

/**
 * Request of ListTriggers.
 */
export interface ListTriggersRequest__Output {
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list.
   */
  'page_token'?: (string);
}

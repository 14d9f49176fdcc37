// Original file: einmal/broker/v1/oversight_service.proto


/**
 * Request of ListSamples.
 */
export interface ListSamplesRequest {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * At most this many, 1 to 200; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list of the same session.
   */
  'page_token'?: (string);
}

/**
 * Request of ListSamples.
 */
export interface ListSamplesRequest__Output {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * At most this many, 1 to 200; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list of the same session.
   */
  'page_token'?: (string);
}

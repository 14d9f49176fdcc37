// Original file: einmal/broker/v1/oversight_service.proto


/**
 * Request of ListSamples.
 */
export interface ListSamplesRequest {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
}

/**
 * Request of ListSamples.
 */
export interface ListSamplesRequest__Output {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
}

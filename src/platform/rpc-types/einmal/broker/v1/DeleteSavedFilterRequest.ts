// Original file: einmal/broker/v1/oversight_service.proto


/**
 * Request of DeleteSavedFilter.
 */
export interface DeleteSavedFilterRequest {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Name of the filter. Required.
   */
  'name'?: (string);
}

/**
 * Request of DeleteSavedFilter.
 */
export interface DeleteSavedFilterRequest__Output {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Name of the filter. Required.
   */
  'name'?: (string);
}

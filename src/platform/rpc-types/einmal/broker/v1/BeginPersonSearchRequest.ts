// Original file: einmal/broker/v1/oversight_service.proto


/**
 * Request of BeginPersonSearch.
 */
export interface BeginPersonSearchRequest {
  /**
   * Session token of an officer. Required.
   */
  'session_token'?: (string);
  /**
   * Why somebody is looked for, 10 to 500 characters. Required.
   */
  'reason'?: (string);
  /**
   * File reference of the control. Required.
   */
  'file_reference'?: (string);
}

/**
 * Request of BeginPersonSearch.
 */
export interface BeginPersonSearchRequest__Output {
  /**
   * Session token of an officer. Required.
   */
  'session_token'?: (string);
  /**
   * Why somebody is looked for, 10 to 500 characters. Required.
   */
  'reason'?: (string);
  /**
   * File reference of the control. Required.
   */
  'file_reference'?: (string);
}

// Original file: einmal/broker/v1/oversight_service.proto


/**
 * Request of ListSavedFilters.
 */
export interface ListSavedFiltersRequest {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
}

/**
 * Request of ListSavedFilters.
 */
export interface ListSavedFiltersRequest__Output {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
}

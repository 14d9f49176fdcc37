// Original file: einmal/broker/v1/transparency_service.proto


/**
 * Request of ListSubjectEntries.
 */
export interface ListSubjectEntriesRequest {
  /**
   * Session token of the person, or of the officer who searches. Required.
   */
  'session_token'?: (string);
  /**
   * Why, if an officer searches.
   */
  'reason'?: (string);
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
 * Request of ListSubjectEntries.
 */
export interface ListSubjectEntriesRequest__Output {
  /**
   * Session token of the person, or of the officer who searches. Required.
   */
  'session_token'?: (string);
  /**
   * Why, if an officer searches.
   */
  'reason'?: (string);
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list.
   */
  'page_token'?: (string);
}

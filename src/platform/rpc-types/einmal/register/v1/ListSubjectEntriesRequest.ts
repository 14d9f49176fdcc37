// Original file: einmal/register/v1/register_service.proto


/**
 * Request of ListSubjectEntries.
 */
export interface ListSubjectEntriesRequest {
  /**
   * Session token of the person, made by the node. Required.
   */
  'session_token'?: (string);
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
   * Session token of the person, made by the node. Required.
   */
  'session_token'?: (string);
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list.
   */
  'page_token'?: (string);
}

// Original file: einmal/broker/v1/citizen_service.proto


/**
 * Request of ListOwnDecisions.
 */
export interface ListOwnDecisionsRequest {
  /**
   * Session token. Required.
   */
  'session_token'?: (string);
  /**
   * Looks through at most this many entries, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list; a decision may come again, with the entries that are older.
   */
  'page_token'?: (string);
}

/**
 * Request of ListOwnDecisions.
 */
export interface ListOwnDecisionsRequest__Output {
  /**
   * Session token. Required.
   */
  'session_token'?: (string);
  /**
   * Looks through at most this many entries, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list; a decision may come again, with the entries that are older.
   */
  'page_token'?: (string);
}

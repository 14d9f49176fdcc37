// Original file: einmal/broker/v1/oversight_service.proto


/**
 * Request of ListCases.
 */
export interface ListCasesRequest {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Kinds of event: `incident`, `reconciliation.finding`, `anomaly`; all if empty.
   */
  'events'?: (string)[];
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
 * Request of ListCases.
 */
export interface ListCasesRequest__Output {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Kinds of event: `incident`, `reconciliation.finding`, `anomaly`; all if empty.
   */
  'events'?: (string)[];
  /**
   * At most this many, 1 to 200; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list of the same session.
   */
  'page_token'?: (string);
}

// Original file: einmal/broker/v1/transparency_service.proto


/**
 * Request of ListSubjectEntries.
 */
export interface ListSubjectEntriesRequest {
  /**
   * Session token (`einmal-session+jwt`) of the person, or of the officer who searches, signed by the pages that call.
   * A citizen's needs the level of assurance high (OZG section 10). Required.
   */
  'session_token'?: (string);
  /**
   * Why, 10 to 500 characters. Required if an officer searches, absent otherwise.
   */
  'reason'?: (string);
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list of the same session about the same person, with the same reason.
   */
  'page_token'?: (string);
  /**
   * File reference of the inspection. Required if an officer searches, absent otherwise.
   */
  'file_reference'?: (string);
  /**
   * Person searched for: a subject token that ResolveIdentity gave for a lookup of this officer's own. Required if an
   * officer searches; a citizen's is in the session token.
   */
  'subject_token'?: (string);
}

/**
 * Request of ListSubjectEntries.
 */
export interface ListSubjectEntriesRequest__Output {
  /**
   * Session token (`einmal-session+jwt`) of the person, or of the officer who searches, signed by the pages that call.
   * A citizen's needs the level of assurance high (OZG section 10). Required.
   */
  'session_token'?: (string);
  /**
   * Why, 10 to 500 characters. Required if an officer searches, absent otherwise.
   */
  'reason'?: (string);
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list of the same session about the same person, with the same reason.
   */
  'page_token'?: (string);
  /**
   * File reference of the inspection. Required if an officer searches, absent otherwise.
   */
  'file_reference'?: (string);
  /**
   * Person searched for: a subject token that ResolveIdentity gave for a lookup of this officer's own. Required if an
   * officer searches; a citizen's is in the session token.
   */
  'subject_token'?: (string);
}

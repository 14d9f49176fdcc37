// Original file: einmal/broker/v1/citizen_service.proto


/**
 * Request of AskRegisters.
 */
export interface AskRegistersRequest {
  /**
   * Session token. Required.
   */
  'session_token'?: (string);
  /**
   * Registers to ask, at most 64; all that may be asked if empty.
   */
  'registers'?: (string)[];
  /**
   * At most this many entries of each, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues the list of the one register that is named.
   */
  'page_token'?: (string);
}

/**
 * Request of AskRegisters.
 */
export interface AskRegistersRequest__Output {
  /**
   * Session token. Required.
   */
  'session_token'?: (string);
  /**
   * Registers to ask, at most 64; all that may be asked if empty.
   */
  'registers'?: (string)[];
  /**
   * At most this many entries of each, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues the list of the one register that is named.
   */
  'page_token'?: (string);
}

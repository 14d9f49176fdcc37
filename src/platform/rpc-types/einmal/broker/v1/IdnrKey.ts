// Original file: einmal/broker/v1/subject.proto


/**
 * Key set of IDNrG § 6 Abs. 3 Nr. 3.
 */
export interface IdnrKey {
  /**
   * Identification number, 11 digits without spaces. Numbers that begin with 0 are test numbers. Required.
   */
  'idnr'?: (string);
  /**
   * `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where the rest is unknown. Required.
   */
  'birth_date'?: (string);
}

/**
 * Key set of IDNrG § 6 Abs. 3 Nr. 3.
 */
export interface IdnrKey__Output {
  /**
   * Identification number, 11 digits without spaces. Numbers that begin with 0 are test numbers. Required.
   */
  'idnr'?: (string);
  /**
   * `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where the rest is unknown. Required.
   */
  'birth_date'?: (string);
}

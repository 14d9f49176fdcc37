// Original file: einmal/source/v1/record_service.proto


/**
 * Identification number, and the date of birth to check it (EGovG § 5 Abs. 4): a record has both, or it is not this one.
 */
export interface PersonKey {
  /**
   * 11 digits.
   */
  'idnr'?: (string);
  /**
   * `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where the rest is unknown.
   */
  'birth_date'?: (string);
}

/**
 * Identification number, and the date of birth to check it (EGovG § 5 Abs. 4): a record has both, or it is not this one.
 */
export interface PersonKey__Output {
  /**
   * 11 digits.
   */
  'idnr'?: (string);
  /**
   * `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where the rest is unknown.
   */
  'birth_date'?: (string);
}

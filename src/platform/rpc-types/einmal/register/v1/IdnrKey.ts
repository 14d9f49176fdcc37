// Original file: einmal/register/v1/identity_directory_service.proto


/**
 * Identification number and date of birth (IDNrG § 6 Abs. 3 Nr. 3).
 */
export interface IdnrKey {
  /**
   * 11 digits.
   */
  'idnr'?: (string);
  /**
   * ISO date, partly known allowed.
   */
  'birth_date'?: (string);
}

/**
 * Identification number and date of birth (IDNrG § 6 Abs. 3 Nr. 3).
 */
export interface IdnrKey__Output {
  /**
   * 11 digits.
   */
  'idnr'?: (string);
  /**
   * ISO date, partly known allowed.
   */
  'birth_date'?: (string);
}

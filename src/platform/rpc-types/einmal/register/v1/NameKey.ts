// Original file: einmal/register/v1/identity_directory_service.proto


/**
 * Family name, given names and date of birth (IDNrG § 6 Abs. 3 Nr. 2).
 */
export interface NameKey {
  /**
   * Family name.
   */
  'family_name'?: (string);
  /**
   * Given names.
   */
  'given_names'?: (string);
  /**
   * ISO date, partly known allowed.
   */
  'birth_date'?: (string);
}

/**
 * Family name, given names and date of birth (IDNrG § 6 Abs. 3 Nr. 2).
 */
export interface NameKey__Output {
  /**
   * Family name.
   */
  'family_name'?: (string);
  /**
   * Given names.
   */
  'given_names'?: (string);
  /**
   * ISO date, partly known allowed.
   */
  'birth_date'?: (string);
}

// Original file: einmal/register/v1/identity_directory_service.proto


/**
 * Family name, town, postcode and date of birth (IDNrG § 6 Abs. 3 Nr. 1).
 */
export interface AddressKey {
  /**
   * Family name.
   */
  'family_name'?: (string);
  /**
   * Town.
   */
  'town'?: (string);
  /**
   * Five digits.
   */
  'postcode'?: (string);
  /**
   * ISO date, partly known allowed.
   */
  'birth_date'?: (string);
}

/**
 * Family name, town, postcode and date of birth (IDNrG § 6 Abs. 3 Nr. 1).
 */
export interface AddressKey__Output {
  /**
   * Family name.
   */
  'family_name'?: (string);
  /**
   * Town.
   */
  'town'?: (string);
  /**
   * Five digits.
   */
  'postcode'?: (string);
  /**
   * ISO date, partly known allowed.
   */
  'birth_date'?: (string);
}

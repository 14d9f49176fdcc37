// Original file: einmal/broker/v1/subject.proto


/**
 * Key set of IDNrG § 6 Abs. 3 Nr. 1.
 */
export interface AddressKey {
  /**
   * Family name with its particles, as in the civil register. Required.
   */
  'family_name'?: (string);
  /**
   * Town of residence. Required.
   */
  'town'?: (string);
  /**
   * Five digits. Required.
   */
  'postcode'?: (string);
  /**
   * `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where the rest is unknown. Required.
   */
  'birth_date'?: (string);
}

/**
 * Key set of IDNrG § 6 Abs. 3 Nr. 1.
 */
export interface AddressKey__Output {
  /**
   * Family name with its particles, as in the civil register. Required.
   */
  'family_name'?: (string);
  /**
   * Town of residence. Required.
   */
  'town'?: (string);
  /**
   * Five digits. Required.
   */
  'postcode'?: (string);
  /**
   * `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where the rest is unknown. Required.
   */
  'birth_date'?: (string);
}

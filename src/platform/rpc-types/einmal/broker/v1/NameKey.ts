// Original file: einmal/broker/v1/subject.proto


/**
 * Key set of IDNrG § 6 Abs. 3 Nr. 2.
 */
export interface NameKey {
  /**
   * Family name with its particles. Required.
   */
  'family_name'?: (string);
  /**
   * All given names in the order of the civil register. Required.
   */
  'given_names'?: (string);
  /**
   * `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where the rest is unknown. Required.
   */
  'birth_date'?: (string);
}

/**
 * Key set of IDNrG § 6 Abs. 3 Nr. 2.
 */
export interface NameKey__Output {
  /**
   * Family name with its particles. Required.
   */
  'family_name'?: (string);
  /**
   * All given names in the order of the civil register. Required.
   */
  'given_names'?: (string);
  /**
   * `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where the rest is unknown. Required.
   */
  'birth_date'?: (string);
}

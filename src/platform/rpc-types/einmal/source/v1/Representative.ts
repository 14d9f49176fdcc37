// Original file: einmal/source/v1/record_service.proto


/**
 * A natural person as registers of companies name them (HRV § 43).
 */
export interface Representative {
  /**
   * Family name as the register has it.
   */
  'family_name'?: (string);
  /**
   * `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where the rest is unknown.
   */
  'birth_date'?: (string);
}

/**
 * A natural person as registers of companies name them (HRV § 43).
 */
export interface Representative__Output {
  /**
   * Family name as the register has it.
   */
  'family_name'?: (string);
  /**
   * `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where the rest is unknown.
   */
  'birth_date'?: (string);
}

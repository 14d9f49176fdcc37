// Original file: einmal/register/v1/register_service.proto


/**
 * A natural person as registers of companies name them (HRV § 43).
 */
export interface CompanyRepresentative {
  /**
   * Family name as the person gave it.
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
export interface CompanyRepresentative__Output {
  /**
   * Family name as the person gave it.
   */
  'family_name'?: (string);
  /**
   * `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where the rest is unknown.
   */
  'birth_date'?: (string);
}

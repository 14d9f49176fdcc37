// Original file: einmal/register/v1/register_service.proto


/**
 * Entry in the commercial, cooperative, partnership, company or associations register.
 */
export interface CompanyEntry {
  /**
   * Kind: `HRA`, `HRB`, `GnR`, `GsR`, `PR`, `VR`.
   */
  'kind'?: (string);
  /**
   * Code of the court.
   */
  'court'?: (string);
  /**
   * Number in that register.
   */
  'number'?: (string);
}

/**
 * Entry in the commercial, cooperative, partnership, company or associations register.
 */
export interface CompanyEntry__Output {
  /**
   * Kind: `HRA`, `HRB`, `GnR`, `GsR`, `PR`, `VR`.
   */
  'kind'?: (string);
  /**
   * Code of the court.
   */
  'court'?: (string);
  /**
   * Number in that register.
   */
  'number'?: (string);
}

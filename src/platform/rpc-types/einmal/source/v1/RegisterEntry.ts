// Original file: einmal/source/v1/record_service.proto


/**
 * Entry in the commercial, cooperative, partnership, company or associations register, compared as it is written.
 */
export interface RegisterEntry {
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
 * Entry in the commercial, cooperative, partnership, company or associations register, compared as it is written.
 */
export interface RegisterEntry__Output {
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

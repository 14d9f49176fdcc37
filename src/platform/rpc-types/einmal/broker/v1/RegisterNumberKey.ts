// Original file: einmal/broker/v1/subject.proto


/**
 * Entry in the commercial, cooperative, partnership, company or associations register.
 */
export interface RegisterNumberKey {
  /**
   * Kind: `HRA`, `HRB`, `GnR`, `GsR`, `PR`, `VR`. Required.
   */
  'kind'?: (string);
  /**
   * Code of the court. Required.
   */
  'court'?: (string);
  /**
   * Number in that register. Required.
   */
  'number'?: (string);
}

/**
 * Entry in the commercial, cooperative, partnership, company or associations register.
 */
export interface RegisterNumberKey__Output {
  /**
   * Kind: `HRA`, `HRB`, `GnR`, `GsR`, `PR`, `VR`. Required.
   */
  'kind'?: (string);
  /**
   * Code of the court. Required.
   */
  'court'?: (string);
  /**
   * Number in that register. Required.
   */
  'number'?: (string);
}

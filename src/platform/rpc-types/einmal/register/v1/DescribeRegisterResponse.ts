// Original file: einmal/register/v1/register_service.proto


/**
 * Response of DescribeRegister.
 */
export interface DescribeRegisterResponse {
  /**
   * Register of the catalogue.
   */
  'register'?: (string);
  /**
   * Evidence types it answers.
   */
  'evidence_types'?: (string)[];
  /**
   * Version of the catalogue copy it decides by.
   */
  'catalogue_version'?: (string);
  /**
   * Whether this is a simulator over synthetic persons.
   */
  'simulator'?: (boolean);
}

/**
 * Response of DescribeRegister.
 */
export interface DescribeRegisterResponse__Output {
  /**
   * Register of the catalogue.
   */
  'register'?: (string);
  /**
   * Evidence types it answers.
   */
  'evidence_types'?: (string)[];
  /**
   * Version of the catalogue copy it decides by.
   */
  'catalogue_version'?: (string);
  /**
   * Whether this is a simulator over synthetic persons.
   */
  'simulator'?: (boolean);
}

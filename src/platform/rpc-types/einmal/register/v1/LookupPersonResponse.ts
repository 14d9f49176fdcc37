// Original file: einmal/register/v1/identity_directory_service.proto


/**
 * Response of LookupPerson.
 */
export interface LookupPersonResponse {
  /**
   * The surviving identification number, 11 digits; differs from that of the key where that one was retired.
   */
  'idnr'?: (string);
  /**
   * Date of birth as the directory holds it.
   */
  'birth_date'?: (string);
}

/**
 * Response of LookupPerson.
 */
export interface LookupPersonResponse__Output {
  /**
   * The surviving identification number, 11 digits; differs from that of the key where that one was retired.
   */
  'idnr'?: (string);
  /**
   * Date of birth as the directory holds it.
   */
  'birth_date'?: (string);
}

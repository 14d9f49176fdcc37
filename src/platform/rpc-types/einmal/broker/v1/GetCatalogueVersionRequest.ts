// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * Request of GetCatalogueVersion.
 */
export interface GetCatalogueVersionRequest {
  /**
   * `einmal-session+jwt` of an administrator, officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Version; the one in force if empty.
   */
  'version'?: (string);
}

/**
 * Request of GetCatalogueVersion.
 */
export interface GetCatalogueVersionRequest__Output {
  /**
   * `einmal-session+jwt` of an administrator, officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Version; the one in force if empty.
   */
  'version'?: (string);
}

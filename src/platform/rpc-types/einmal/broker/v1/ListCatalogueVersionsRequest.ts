// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * Request of ListCatalogueVersions.
 */
export interface ListCatalogueVersionsRequest {
  /**
   * `einmal-session+jwt` of an administrator, officer or auditor. Required.
   */
  'session_token'?: (string);
}

/**
 * Request of ListCatalogueVersions.
 */
export interface ListCatalogueVersionsRequest__Output {
  /**
   * `einmal-session+jwt` of an administrator, officer or auditor. Required.
   */
  'session_token'?: (string);
}

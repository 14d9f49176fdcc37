// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * Response of GetCatalogueVersion.
 */
export interface GetCatalogueVersionResponse {
  /**
   * Version.
   */
  'version'?: (string);
  /**
   * File name and content.
   */
  'files'?: ({[key: string]: string});
}

/**
 * Response of GetCatalogueVersion.
 */
export interface GetCatalogueVersionResponse__Output {
  /**
   * Version.
   */
  'version'?: (string);
  /**
   * File name and content.
   */
  'files'?: ({[key: string]: string});
}

// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * An online service in a list.
 */
export interface ServiceSummary {
  /**
   * Identifier.
   */
  'service'?: (string);
  /**
   * LeiKa key, 14 digits; empty for what is no service of an administration.
   */
  'leika'?: (string);
  /**
   * Title in German.
   */
  'title'?: (string);
}

/**
 * An online service in a list.
 */
export interface ServiceSummary__Output {
  /**
   * Identifier.
   */
  'service'?: (string);
  /**
   * LeiKa key, 14 digits; empty for what is no service of an administration.
   */
  'leika'?: (string);
  /**
   * Title in German.
   */
  'title'?: (string);
}

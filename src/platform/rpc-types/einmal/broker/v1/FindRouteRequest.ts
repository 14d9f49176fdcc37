// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * Request of FindRoute.
 */
export interface FindRouteRequest {
  /**
   * Evidence type. Required.
   */
  'evidence_type'?: (string);
  /**
   * Official region key, 12 digits; where the type needs it.
   */
  'ars'?: (string);
  /**
   * Number of the register; where the type needs it.
   */
  'register_number'?: (string);
  /**
   * Day on which that key was in use, as `2026-01-31`; today, as it is in Germany, if empty. For keys that have been given up since.
   */
  'key_date'?: (string);
}

/**
 * Request of FindRoute.
 */
export interface FindRouteRequest__Output {
  /**
   * Evidence type. Required.
   */
  'evidence_type'?: (string);
  /**
   * Official region key, 12 digits; where the type needs it.
   */
  'ars'?: (string);
  /**
   * Number of the register; where the type needs it.
   */
  'register_number'?: (string);
  /**
   * Day on which that key was in use, as `2026-01-31`; today, as it is in Germany, if empty. For keys that have been given up since.
   */
  'key_date'?: (string);
}

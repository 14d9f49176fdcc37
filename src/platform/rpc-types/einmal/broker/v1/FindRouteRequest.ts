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
}

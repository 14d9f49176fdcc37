// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * Response of FindRoute.
 */
export interface FindRouteResponse {
  /**
   * The one competent register.
   */
  'register'?: (string);
  /**
   * Parameter that is missing.
   */
  'needs_parameter'?: (string);
  /**
   * Exactly one.
   */
  'route'?: "register"|"needs_parameter";
}

/**
 * Response of FindRoute.
 */
export interface FindRouteResponse__Output {
  /**
   * The one competent register.
   */
  'register'?: (string);
  /**
   * Parameter that is missing.
   */
  'needs_parameter'?: (string);
  /**
   * Exactly one.
   */
  'route'?: "register"|"needs_parameter";
}

// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * Request of ListPermissions.
 */
export interface ListPermissionsRequest {
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list.
   */
  'page_token'?: (string);
}

/**
 * Request of ListPermissions.
 */
export interface ListPermissionsRequest__Output {
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list.
   */
  'page_token'?: (string);
}

// Original file: einmal/broker/v1/transparency_service.proto


/**
 * Request of GetKeyHistory.
 */
export interface GetKeyHistoryRequest {
  /**
   * Register whose key it is. Required.
   */
  'register'?: (string);
  /**
   * RFC 7638 thumbprint of the key, as the entry of a retrieval names it. Required.
   */
  'thumbprint'?: (string);
}

/**
 * Request of GetKeyHistory.
 */
export interface GetKeyHistoryRequest__Output {
  /**
   * Register whose key it is. Required.
   */
  'register'?: (string);
  /**
   * RFC 7638 thumbprint of the key, as the entry of a retrieval names it. Required.
   */
  'thumbprint'?: (string);
}

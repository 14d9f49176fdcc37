// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * Request of ListEvidenceTypes.
 */
export interface ListEvidenceTypesRequest {
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
 * Request of ListEvidenceTypes.
 */
export interface ListEvidenceTypesRequest__Output {
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list.
   */
  'page_token'?: (string);
}

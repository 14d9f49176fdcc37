// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * Request of DescribeService.
 */
export interface DescribeServiceRequest {
  /**
   * Service to describe. Required.
   */
  'service'?: (string);
}

/**
 * Request of DescribeService.
 */
export interface DescribeServiceRequest__Output {
  /**
   * Service to describe. Required.
   */
  'service'?: (string);
}

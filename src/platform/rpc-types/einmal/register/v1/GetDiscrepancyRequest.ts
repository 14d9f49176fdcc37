// Original file: einmal/register/v1/register_service.proto


/**
 * Request of GetDiscrepancy.
 */
export interface GetDiscrepancyRequest {
  /**
   * Handle of the report. Required.
   */
  'report_id'?: (string);
}

/**
 * Request of GetDiscrepancy.
 */
export interface GetDiscrepancyRequest__Output {
  /**
   * Handle of the report. Required.
   */
  'report_id'?: (string);
}

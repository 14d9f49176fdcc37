// Original file: einmal/register/v1/register_service.proto


/**
 * Request of ReportDiscrepancy.
 */
export interface ReportDiscrepancyRequest {
  /**
   * Handle of the report.
   */
  'report_id'?: (string);
  /**
   * Evidence in which the datum stood.
   */
  'evidence_id'?: (string);
  /**
   * Attribute that seems wrong.
   */
  'attribute'?: (string);
  /**
   * What is believed to be right and why.
   */
  'remark'?: (string);
}

/**
 * Request of ReportDiscrepancy.
 */
export interface ReportDiscrepancyRequest__Output {
  /**
   * Handle of the report.
   */
  'report_id'?: (string);
  /**
   * Evidence in which the datum stood.
   */
  'evidence_id'?: (string);
  /**
   * Attribute that seems wrong.
   */
  'attribute'?: (string);
  /**
   * What is believed to be right and why.
   */
  'remark'?: (string);
}

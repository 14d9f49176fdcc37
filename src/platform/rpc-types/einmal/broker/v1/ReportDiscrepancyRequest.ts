// Original file: einmal/broker/v1/evidence_service.proto


/**
 * Request of ReportDiscrepancy.
 */
export interface ReportDiscrepancyRequest {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Evidence in which the datum stood. Required.
   */
  'evidence_id'?: (string);
  /**
   * Attribute that seems wrong. Required.
   */
  'attribute'?: (string);
  /**
   * What is believed to be right and why; goes to the register, encrypted. Required.
   */
  'remark'?: (string);
}

/**
 * Request of ReportDiscrepancy.
 */
export interface ReportDiscrepancyRequest__Output {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Evidence in which the datum stood. Required.
   */
  'evidence_id'?: (string);
  /**
   * Attribute that seems wrong. Required.
   */
  'attribute'?: (string);
  /**
   * What is believed to be right and why; goes to the register, encrypted. Required.
   */
  'remark'?: (string);
}

// Original file: einmal/broker/v1/citizen_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of ReportOwnDiscrepancy.
 */
export interface ReportOwnDiscrepancyRequest {
  /**
   * Session token. Required.
   */
  'session_token'?: (string);
  /**
   * UUID chosen by the caller; handle of the report. Required.
   */
  'request_id'?: (string);
  /**
   * Entry `retrieval.closed` about the person by which the datum was passed on. Required.
   */
  'log_index'?: (number | string | Long);
  /**
   * Attribute that seems wrong. Required.
   */
  'attribute'?: (string);
  /**
   * What is believed to be right and why, at most 1000 characters; goes to the register and nowhere else. Required.
   */
  'remark'?: (string);
}

/**
 * Request of ReportOwnDiscrepancy.
 */
export interface ReportOwnDiscrepancyRequest__Output {
  /**
   * Session token. Required.
   */
  'session_token'?: (string);
  /**
   * UUID chosen by the caller; handle of the report. Required.
   */
  'request_id'?: (string);
  /**
   * Entry `retrieval.closed` about the person by which the datum was passed on. Required.
   */
  'log_index'?: (string);
  /**
   * Attribute that seems wrong. Required.
   */
  'attribute'?: (string);
  /**
   * What is believed to be right and why, at most 1000 characters; goes to the register and nowhere else. Required.
   */
  'remark'?: (string);
}

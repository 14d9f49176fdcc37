// Original file: einmal/broker/v1/evidence_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of ReportDiscrepancy.
 */
export interface ReportDiscrepancyRequest {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Evidence in which the datum stood: its `jti`. Required.
   */
  'evidence_id'?: (string);
  /**
   * Attribute that seems wrong. Required.
   */
  'attribute'?: (string);
  /**
   * What is believed to be right and why, at most 1000 characters; goes to the register, encrypted. Required.
   */
  'remark'?: (string);
  /**
   * Index of the caller's own entry `retrieval.closed` by which the datum was released. Required.
   */
  'log_index'?: (number | string | Long);
  '_log_index'?: "log_index";
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
   * Evidence in which the datum stood: its `jti`. Required.
   */
  'evidence_id'?: (string);
  /**
   * Attribute that seems wrong. Required.
   */
  'attribute'?: (string);
  /**
   * What is believed to be right and why, at most 1000 characters; goes to the register, encrypted. Required.
   */
  'remark'?: (string);
  /**
   * Index of the caller's own entry `retrieval.closed` by which the datum was released. Required.
   */
  'log_index'?: (string);
  '_log_index'?: "log_index";
}

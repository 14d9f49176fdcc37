// Original file: einmal/register/v1/register_service.proto

import type { DiscrepancyReporter as _einmal_register_v1_DiscrepancyReporter, DiscrepancyReporter__Output as _einmal_register_v1_DiscrepancyReporter__Output } from '../../../einmal/register/v1/DiscrepancyReporter.js';

/**
 * Request of ReportDiscrepancy. It is taken where this register gave this attribute of this person to the calling node under
 * this retrieval, by its own log, and is `NOT_FOUND` in every other case.
 */
export interface ReportDiscrepancyRequest {
  /**
   * Handle of the report, a UUID. Required.
   */
  'report_id'?: (string);
  /**
   * Evidence in which the datum stood, where the reporter knows it.
   */
  'evidence_id'?: (string);
  /**
   * Attribute that seems wrong. Required.
   */
  'attribute'?: (string);
  /**
   * What is believed to be right and why, at most 1000 characters. Required.
   */
  'remark'?: (string);
  /**
   * Identifier of the retrieval, as this register was given it. Required.
   */
  'retrieval_id'?: (string);
  /**
   * Identification number of the person, 11 digits. Required.
   */
  'idnr'?: (string);
  /**
   * Who reports it. Required.
   */
  'reporter'?: (_einmal_register_v1_DiscrepancyReporter);
}

/**
 * Request of ReportDiscrepancy. It is taken where this register gave this attribute of this person to the calling node under
 * this retrieval, by its own log, and is `NOT_FOUND` in every other case.
 */
export interface ReportDiscrepancyRequest__Output {
  /**
   * Handle of the report, a UUID. Required.
   */
  'report_id'?: (string);
  /**
   * Evidence in which the datum stood, where the reporter knows it.
   */
  'evidence_id'?: (string);
  /**
   * Attribute that seems wrong. Required.
   */
  'attribute'?: (string);
  /**
   * What is believed to be right and why, at most 1000 characters. Required.
   */
  'remark'?: (string);
  /**
   * Identifier of the retrieval, as this register was given it. Required.
   */
  'retrieval_id'?: (string);
  /**
   * Identification number of the person, 11 digits. Required.
   */
  'idnr'?: (string);
  /**
   * Who reports it. Required.
   */
  'reporter'?: (_einmal_register_v1_DiscrepancyReporter__Output);
}

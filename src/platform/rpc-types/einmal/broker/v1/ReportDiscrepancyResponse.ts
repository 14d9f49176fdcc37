// Original file: einmal/broker/v1/evidence_service.proto

import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * Response of ReportDiscrepancy.
 */
export interface ReportDiscrepancyResponse {
  /**
   * Handle under which the register answers.
   */
  'report_id'?: (string);
  /**
   * Receipt of the entry.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
}

/**
 * Response of ReportDiscrepancy.
 */
export interface ReportDiscrepancyResponse__Output {
  /**
   * Handle under which the register answers.
   */
  'report_id'?: (string);
  /**
   * Receipt of the entry.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
}

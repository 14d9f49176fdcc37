// Original file: einmal/broker/v1/citizen_service.proto

import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';
import type { Long } from '@grpc/proto-loader';

/**
 * Response of ReportOwnDiscrepancy.
 */
export interface ReportOwnDiscrepancyResponse {
  /**
   * Index of the entry of the report: its state is asked for by it.
   */
  'log_index'?: (number | string | Long);
  /**
   * Receipt of the entry.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
}

/**
 * Response of ReportOwnDiscrepancy.
 */
export interface ReportOwnDiscrepancyResponse__Output {
  /**
   * Index of the entry of the report: its state is asked for by it.
   */
  'log_index'?: (string);
  /**
   * Receipt of the entry.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
}

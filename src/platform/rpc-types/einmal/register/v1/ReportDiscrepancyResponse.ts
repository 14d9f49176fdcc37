// Original file: einmal/register/v1/register_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Response of ReportDiscrepancy.
 */
export interface ReportDiscrepancyResponse {
  /**
   * When it was taken.
   */
  'accept_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * Response of ReportDiscrepancy.
 */
export interface ReportDiscrepancyResponse__Output {
  /**
   * When it was taken.
   */
  'accept_time'?: (_google_protobuf_Timestamp__Output);
}

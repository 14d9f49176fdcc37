// Original file: einmal/source/v1/record_service.proto

import type { Record as _einmal_source_v1_Record, Record__Output as _einmal_source_v1_Record__Output } from '../../../einmal/source/v1/Record.js';

/**
 * Response of FindRecords. As large as `max_answer_bytes` of the edge's file at most (256 KiB if absent).
 */
export interface FindRecordsResponse {
  /**
   * In no order. Empty where there is none.
   */
  'records'?: (_einmal_source_v1_Record)[];
}

/**
 * Response of FindRecords. As large as `max_answer_bytes` of the edge's file at most (256 KiB if absent).
 */
export interface FindRecordsResponse__Output {
  /**
   * In no order. Empty where there is none.
   */
  'records'?: (_einmal_source_v1_Record__Output)[];
}

// Original file: einmal/broker/v1/oversight_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Response of RecordSampleFinding.
 */
export interface RecordSampleFindingResponse {
  /**
   * Index of the entry that records it.
   */
  'log_index'?: (number | string | Long);
}

/**
 * Response of RecordSampleFinding.
 */
export interface RecordSampleFindingResponse__Output {
  /**
   * Index of the entry that records it.
   */
  'log_index'?: (string);
}

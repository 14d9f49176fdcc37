// Original file: einmal/broker/v1/oversight_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Response of CommitSample.
 */
export interface CommitSampleResponse {
  /**
   * Names the sample: index of the entry that commits to it.
   */
  'log_index'?: (number | string | Long);
}

/**
 * Response of CommitSample.
 */
export interface CommitSampleResponse__Output {
  /**
   * Names the sample: index of the entry that commits to it.
   */
  'log_index'?: (string);
}

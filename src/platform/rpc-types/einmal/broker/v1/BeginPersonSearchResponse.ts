// Original file: einmal/broker/v1/oversight_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Response of BeginPersonSearch.
 */
export interface BeginPersonSearchResponse {
  /**
   * Index of the entry.
   */
  'log_index'?: (number | string | Long);
}

/**
 * Response of BeginPersonSearch.
 */
export interface BeginPersonSearchResponse__Output {
  /**
   * Index of the entry.
   */
  'log_index'?: (string);
}

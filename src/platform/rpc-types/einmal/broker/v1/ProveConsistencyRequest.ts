// Original file: einmal/broker/v1/transparency_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of ProveConsistency.
 */
export interface ProveConsistencyRequest {
  /**
   * Size of the earlier tree. Required.
   */
  'old_size'?: (number | string | Long);
  /**
   * Size of the later tree; the newest if absent.
   */
  'new_size'?: (number | string | Long);
  '_new_size'?: "new_size";
}

/**
 * Request of ProveConsistency.
 */
export interface ProveConsistencyRequest__Output {
  /**
   * Size of the earlier tree. Required.
   */
  'old_size'?: (string);
  /**
   * Size of the later tree; the newest if absent.
   */
  'new_size'?: (string);
  '_new_size'?: "new_size";
}

// Original file: einmal/broker/v1/transparency_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of ProveInclusion.
 */
export interface ProveInclusionRequest {
  /**
   * Index of the entry. Required.
   */
  'log_index'?: (number | string | Long);
  /**
   * Size of the tree; the newest if absent.
   */
  'tree_size'?: (number | string | Long);
  '_tree_size'?: "tree_size";
}

/**
 * Request of ProveInclusion.
 */
export interface ProveInclusionRequest__Output {
  /**
   * Index of the entry. Required.
   */
  'log_index'?: (string);
  /**
   * Size of the tree; the newest if absent.
   */
  'tree_size'?: (string);
  '_tree_size'?: "tree_size";
}

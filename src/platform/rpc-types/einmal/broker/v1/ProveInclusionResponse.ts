// Original file: einmal/broker/v1/transparency_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Response of ProveInclusion.
 */
export interface ProveInclusionResponse {
  /**
   * Hash of the leaf, 32 bytes.
   */
  'leaf_hash'?: (Buffer | Uint8Array | string);
  /**
   * Hashes of 32 bytes, leaf sibling first.
   */
  'proof'?: (Buffer | Uint8Array | string)[];
  /**
   * Size of the tree.
   */
  'tree_size'?: (number | string | Long);
  /**
   * Root, 32 bytes.
   */
  'root_hash'?: (Buffer | Uint8Array | string);
}

/**
 * Response of ProveInclusion.
 */
export interface ProveInclusionResponse__Output {
  /**
   * Hash of the leaf, 32 bytes.
   */
  'leaf_hash'?: (Buffer);
  /**
   * Hashes of 32 bytes, leaf sibling first.
   */
  'proof'?: (Buffer)[];
  /**
   * Size of the tree.
   */
  'tree_size'?: (string);
  /**
   * Root, 32 bytes.
   */
  'root_hash'?: (Buffer);
}

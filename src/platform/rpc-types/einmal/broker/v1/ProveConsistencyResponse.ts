// Original file: einmal/broker/v1/transparency_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Response of ProveConsistency.
 */
export interface ProveConsistencyResponse {
  /**
   * Hashes of 32 bytes.
   */
  'proof'?: (Buffer | Uint8Array | string)[];
  /**
   * Size of the later tree.
   */
  'new_size'?: (number | string | Long);
  /**
   * Root of the later tree, 32 bytes.
   */
  'new_root_hash'?: (Buffer | Uint8Array | string);
}

/**
 * Response of ProveConsistency.
 */
export interface ProveConsistencyResponse__Output {
  /**
   * Hashes of 32 bytes.
   */
  'proof'?: (Buffer)[];
  /**
   * Size of the later tree.
   */
  'new_size'?: (string);
  /**
   * Root of the later tree, 32 bytes.
   */
  'new_root_hash'?: (Buffer);
}

// Original file: einmal/broker/v1/transparency_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Response of GetCheckpoint.
 */
export interface GetCheckpointResponse {
  /**
   * C2SP tlog-checkpoint, signed note.
   */
  'checkpoint'?: (string);
  /**
   * Number of entries.
   */
  'tree_size'?: (number | string | Long);
  /**
   * Root, 32 bytes.
   */
  'root_hash'?: (Buffer | Uint8Array | string);
}

/**
 * Response of GetCheckpoint.
 */
export interface GetCheckpointResponse__Output {
  /**
   * C2SP tlog-checkpoint, signed note.
   */
  'checkpoint'?: (string);
  /**
   * Number of entries.
   */
  'tree_size'?: (string);
  /**
   * Root, 32 bytes.
   */
  'root_hash'?: (Buffer);
}

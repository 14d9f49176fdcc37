// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Long } from '@grpc/proto-loader';

/**
 * A checkpoint that the log signed.
 */
export interface LogCheckpoint {
  /**
   * Number of entries.
   */
  'tree_size'?: (number | string | Long);
  /**
   * Root, 32 bytes.
   */
  'root_hash'?: (Buffer | Uint8Array | string);
  /**
   * Of the newest checkpoint when its newest entry was logged, of the witnessed one when the last witness cosigned it.
   */
  'time'?: (_google_protobuf_Timestamp | null);
  /**
   * Who has cosigned it.
   */
  'witnesses'?: (string)[];
}

/**
 * A checkpoint that the log signed.
 */
export interface LogCheckpoint__Output {
  /**
   * Number of entries.
   */
  'tree_size'?: (string);
  /**
   * Root, 32 bytes.
   */
  'root_hash'?: (Buffer);
  /**
   * Of the newest checkpoint when its newest entry was logged, of the witnessed one when the last witness cosigned it.
   */
  'time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Who has cosigned it.
   */
  'witnesses'?: (string)[];
}

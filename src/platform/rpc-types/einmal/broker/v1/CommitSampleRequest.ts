// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Request of CommitSample.
 */
export interface CommitSampleRequest {
  /**
   * Session token of an officer. Required.
   */
  'session_token'?: (string);
  /**
   * SHA-256 of the officer's nonce, 32 bytes. The nonce itself stays with the officer until the draw. Required.
   */
  'nonce_hash'?: (Buffer | Uint8Array | string);
  /**
   * Entries from this time on are the population. Required.
   */
  'from_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Entries before this time are the population; it lies in the past. Required.
   */
  'to_time'?: (_google_protobuf_Timestamp | null);
  /**
   * How many retrievals are drawn, 1 to 200. Required.
   */
  'size'?: (number);
}

/**
 * Request of CommitSample.
 */
export interface CommitSampleRequest__Output {
  /**
   * Session token of an officer. Required.
   */
  'session_token'?: (string);
  /**
   * SHA-256 of the officer's nonce, 32 bytes. The nonce itself stays with the officer until the draw. Required.
   */
  'nonce_hash'?: (Buffer);
  /**
   * Entries from this time on are the population. Required.
   */
  'from_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Entries before this time are the population; it lies in the past. Required.
   */
  'to_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * How many retrievals are drawn, 1 to 200. Required.
   */
  'size'?: (number);
}

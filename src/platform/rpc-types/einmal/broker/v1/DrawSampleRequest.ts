// Original file: einmal/broker/v1/oversight_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of DrawSample.
 */
export interface DrawSampleRequest {
  /**
   * Session token of the officer who committed to it. Required.
   */
  'session_token'?: (string);
  /**
   * Sample. Required.
   */
  'log_index'?: (number | string | Long);
  /**
   * The nonce, 32 bytes. Required.
   */
  'nonce'?: (Buffer | Uint8Array | string);
}

/**
 * Request of DrawSample.
 */
export interface DrawSampleRequest__Output {
  /**
   * Session token of the officer who committed to it. Required.
   */
  'session_token'?: (string);
  /**
   * Sample. Required.
   */
  'log_index'?: (string);
  /**
   * The nonce, 32 bytes. Required.
   */
  'nonce'?: (Buffer);
}

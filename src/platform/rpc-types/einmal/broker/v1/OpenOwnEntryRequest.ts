// Original file: einmal/broker/v1/citizen_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of OpenOwnEntry.
 */
export interface OpenOwnEntryRequest {
  /**
   * Session token. Required.
   */
  'session_token'?: (string);
  /**
   * Entry to open; must be about the person. Required.
   */
  'log_index'?: (number | string | Long);
}

/**
 * Request of OpenOwnEntry.
 */
export interface OpenOwnEntryRequest__Output {
  /**
   * Session token. Required.
   */
  'session_token'?: (string);
  /**
   * Entry to open; must be about the person. Required.
   */
  'log_index'?: (string);
}

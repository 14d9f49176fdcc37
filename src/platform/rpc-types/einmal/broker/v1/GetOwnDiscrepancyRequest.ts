// Original file: einmal/broker/v1/citizen_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of GetOwnDiscrepancy.
 */
export interface GetOwnDiscrepancyRequest {
  /**
   * Session token. Required.
   */
  'session_token'?: (string);
  /**
   * Entry `discrepancy.reported` about the person. Required.
   */
  'log_index'?: (number | string | Long);
}

/**
 * Request of GetOwnDiscrepancy.
 */
export interface GetOwnDiscrepancyRequest__Output {
  /**
   * Session token. Required.
   */
  'session_token'?: (string);
  /**
   * Entry `discrepancy.reported` about the person. Required.
   */
  'log_index'?: (string);
}

// Original file: einmal/broker/v1/citizen_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of WithdrawOwnDecision.
 */
export interface WithdrawOwnDecisionRequest {
  /**
   * Session token. Required.
   */
  'session_token'?: (string);
  /**
   * Entry by which the decision is the person's. Required.
   */
  'log_index'?: (number | string | Long);
}

/**
 * Request of WithdrawOwnDecision.
 */
export interface WithdrawOwnDecisionRequest__Output {
  /**
   * Session token. Required.
   */
  'session_token'?: (string);
  /**
   * Entry by which the decision is the person's. Required.
   */
  'log_index'?: (string);
}

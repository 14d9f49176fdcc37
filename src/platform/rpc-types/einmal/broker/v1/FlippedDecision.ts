// Original file: einmal/broker/v1/catalogue_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * One decision that would change.
 */
export interface FlippedDecision {
  /**
   * Log index of the request.
   */
  'log_index'?: (number | string | Long);
  /**
   * Whether it is permitted today.
   */
  'permitted_before'?: (boolean);
  /**
   * Whether it would be.
   */
  'permitted_after'?: (boolean);
  /**
   * Rules that make the new decision.
   */
  'rule_ids'?: (string)[];
}

/**
 * One decision that would change.
 */
export interface FlippedDecision__Output {
  /**
   * Log index of the request.
   */
  'log_index'?: (string);
  /**
   * Whether it is permitted today.
   */
  'permitted_before'?: (boolean);
  /**
   * Whether it would be.
   */
  'permitted_after'?: (boolean);
  /**
   * Rules that make the new decision.
   */
  'rule_ids'?: (string)[];
}

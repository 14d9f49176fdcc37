// Original file: einmal/broker/v1/explanation.proto

import type { Long } from '@grpc/proto-loader';

/**
 * How often one consumer may use one rule.
 */
export interface RuleRate {
  /**
   * Rule.
   */
  'rule_id'?: (string);
  /**
   * What is counted: `requests` to registers, or different `persons`.
   */
  'of'?: (string);
  /**
   * At most this many.
   */
  'max'?: (number | string | Long);
  /**
   * In each full `minute`, `hour` or `day` of UTC.
   */
  'per'?: (string);
}

/**
 * How often one consumer may use one rule.
 */
export interface RuleRate__Output {
  /**
   * Rule.
   */
  'rule_id'?: (string);
  /**
   * What is counted: `requests` to registers, or different `persons`.
   */
  'of'?: (string);
  /**
   * At most this many.
   */
  'max'?: (string);
  /**
   * In each full `minute`, `hour` or `day` of UTC.
   */
  'per'?: (string);
}

// Original file: einmal/broker/v1/explanation.proto

import type { RuleRate as _einmal_broker_v1_RuleRate, RuleRate__Output as _einmal_broker_v1_RuleRate__Output } from '../../../einmal/broker/v1/RuleRate.js';

/**
 * What the rules demand beside attributes, attesters and level of assurance.
 */
export interface Obligations {
  /**
   * How often rules may be used; every one must hold.
   */
  'rates'?: (_einmal_broker_v1_RuleRate)[];
  /**
   * Evidence as of an earlier day is not delivered, days.
   */
  'look_back_days'?: (number);
  /**
   * How long the consumer may use the answer, days.
   */
  'use_days'?: (number);
  '_look_back_days'?: "look_back_days";
  '_use_days'?: "use_days";
}

/**
 * What the rules demand beside attributes, attesters and level of assurance.
 */
export interface Obligations__Output {
  /**
   * How often rules may be used; every one must hold.
   */
  'rates'?: (_einmal_broker_v1_RuleRate__Output)[];
  /**
   * Evidence as of an earlier day is not delivered, days.
   */
  'look_back_days'?: (number);
  /**
   * How long the consumer may use the answer, days.
   */
  'use_days'?: (number);
  '_look_back_days'?: "look_back_days";
  '_use_days'?: "use_days";
}

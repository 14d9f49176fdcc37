// Original file: einmal/broker/v1/citizen_service.proto

import type { Trigger as _einmal_broker_v1_Trigger, Trigger__Output as _einmal_broker_v1_Trigger__Output } from '../../../einmal/broker/v1/Trigger.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * Response of WithdrawOwnDecision.
 */
export interface WithdrawOwnDecisionResponse {
  /**
   * The decision after it.
   */
  'trigger'?: (_einmal_broker_v1_Trigger | null);
  /**
   * Receipt of the entry; absent where it was withdrawn before.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
}

/**
 * Response of WithdrawOwnDecision.
 */
export interface WithdrawOwnDecisionResponse__Output {
  /**
   * The decision after it.
   */
  'trigger'?: (_einmal_broker_v1_Trigger__Output);
  /**
   * Receipt of the entry; absent where it was withdrawn before.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
}

// Original file: einmal/broker/v1/consent_service.proto

import type { Trigger as _einmal_broker_v1_Trigger, Trigger__Output as _einmal_broker_v1_Trigger__Output } from '../../../einmal/broker/v1/Trigger.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * Response of WithdrawTriggers.
 */
export interface WithdrawTriggersResponse {
  /**
   * Triggers after the withdrawal, in the order of the request.
   */
  'triggers'?: (_einmal_broker_v1_Trigger)[];
  /**
   * Receipt of the last of the entries.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
  /**
   * Receipts of all entries, one for each trigger that was not withdrawn before.
   */
  'receipts'?: (_einmal_broker_v1_Receipt)[];
}

/**
 * Response of WithdrawTriggers.
 */
export interface WithdrawTriggersResponse__Output {
  /**
   * Triggers after the withdrawal, in the order of the request.
   */
  'triggers'?: (_einmal_broker_v1_Trigger__Output)[];
  /**
   * Receipt of the last of the entries.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
  /**
   * Receipts of all entries, one for each trigger that was not withdrawn before.
   */
  'receipts'?: (_einmal_broker_v1_Receipt__Output)[];
}

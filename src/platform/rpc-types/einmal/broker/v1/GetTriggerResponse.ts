// Original file: einmal/broker/v1/consent_service.proto

import type { Trigger as _einmal_broker_v1_Trigger, Trigger__Output as _einmal_broker_v1_Trigger__Output } from '../../../einmal/broker/v1/Trigger.js';

/**
 * Response of GetTrigger.
 */
export interface GetTriggerResponse {
  /**
   * The trigger.
   */
  'trigger'?: (_einmal_broker_v1_Trigger | null);
}

/**
 * Response of GetTrigger.
 */
export interface GetTriggerResponse__Output {
  /**
   * The trigger.
   */
  'trigger'?: (_einmal_broker_v1_Trigger__Output);
}

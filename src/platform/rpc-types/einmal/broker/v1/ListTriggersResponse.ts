// Original file: einmal/broker/v1/consent_service.proto

import type { Trigger as _einmal_broker_v1_Trigger, Trigger__Output as _einmal_broker_v1_Trigger__Output } from '../../../einmal/broker/v1/Trigger.js';

/**
 * Response of ListTriggers.
 */
export interface ListTriggersResponse {
  /**
   * Triggers of the caller.
   */
  'triggers'?: (_einmal_broker_v1_Trigger)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

/**
 * Response of ListTriggers.
 */
export interface ListTriggersResponse__Output {
  /**
   * Triggers of the caller.
   */
  'triggers'?: (_einmal_broker_v1_Trigger__Output)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

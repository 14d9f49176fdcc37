// Original file: einmal/broker/v1/consent_service.proto

import type { Trigger as _einmal_broker_v1_Trigger, Trigger__Output as _einmal_broker_v1_Trigger__Output } from '../../../einmal/broker/v1/Trigger.js';

/**
 * Response of GetDecision.
 */
export interface GetDecisionResponse {
  /**
   * Whether the person has decided.
   */
  'decided'?: (boolean);
  /**
   * The triggers they gave.
   */
  'triggers'?: (_einmal_broker_v1_Trigger)[];
}

/**
 * Response of GetDecision.
 */
export interface GetDecisionResponse__Output {
  /**
   * Whether the person has decided.
   */
  'decided'?: (boolean);
  /**
   * The triggers they gave.
   */
  'triggers'?: (_einmal_broker_v1_Trigger__Output)[];
}

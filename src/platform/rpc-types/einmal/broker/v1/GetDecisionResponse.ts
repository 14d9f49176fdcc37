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
   * The triggers they gave; none where they bring all evidence themselves.
   */
  'triggers'?: (_einmal_broker_v1_Trigger)[];
  /**
   * Where the person sees held evidence before it is released: the `exchange_id` is appended to it.
   */
  'preview_link'?: (string);
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
   * The triggers they gave; none where they bring all evidence themselves.
   */
  'triggers'?: (_einmal_broker_v1_Trigger__Output)[];
  /**
   * Where the person sees held evidence before it is released: the `exchange_id` is appended to it.
   */
  'preview_link'?: (string);
}

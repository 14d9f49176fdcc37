// Original file: einmal/broker/v1/consent_service.proto

import type { AttestedDecision as _einmal_broker_v1_AttestedDecision, AttestedDecision__Output as _einmal_broker_v1_AttestedDecision__Output } from '../../../einmal/broker/v1/AttestedDecision.js';

/**
 * Request of GrantTriggers.
 */
export interface GrantTriggersRequest {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Decisions, 1 to 64. Required.
   */
  'decisions'?: (_einmal_broker_v1_AttestedDecision)[];
}

/**
 * Request of GrantTriggers.
 */
export interface GrantTriggersRequest__Output {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Decisions, 1 to 64. Required.
   */
  'decisions'?: (_einmal_broker_v1_AttestedDecision__Output)[];
}

// Original file: einmal/broker/v1/catalogue_service.proto

import type { ErrorReason as _einmal_broker_v1_ErrorReason, ErrorReason__Output as _einmal_broker_v1_ErrorReason__Output } from '../../../einmal/broker/v1/ErrorReason.js';
import type { Long } from '@grpc/proto-loader';

/**
 * Equal requests whose decision would change.
 */
export interface FlippedDecision {
  /**
   * Log index of the request; 0 where several are reported together.
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
  /**
   * Number of such requests.
   */
  'count'?: (number | string | Long);
  /**
   * Participant that asked.
   */
  'consumer'?: (string);
  /**
   * Register that was asked.
   */
  'register'?: (string);
  /**
   * Evidence type.
   */
  'evidence_type'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Rules that made the decision on record.
   */
  'rule_ids_before'?: (string)[];
  /**
   * Reason of the refusal on record, if refused.
   */
  'reason_before'?: (_einmal_broker_v1_ErrorReason);
  /**
   * Reason of the new refusal, if refused.
   */
  'reason_after'?: (_einmal_broker_v1_ErrorReason);
  /**
   * Attributes that would pass and did not.
   */
  'fields_gained'?: (string)[];
  /**
   * Attributes that passed and would not.
   */
  'fields_lost'?: (string)[];
}

/**
 * Equal requests whose decision would change.
 */
export interface FlippedDecision__Output {
  /**
   * Log index of the request; 0 where several are reported together.
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
  /**
   * Number of such requests.
   */
  'count'?: (string);
  /**
   * Participant that asked.
   */
  'consumer'?: (string);
  /**
   * Register that was asked.
   */
  'register'?: (string);
  /**
   * Evidence type.
   */
  'evidence_type'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Rules that made the decision on record.
   */
  'rule_ids_before'?: (string)[];
  /**
   * Reason of the refusal on record, if refused.
   */
  'reason_before'?: (_einmal_broker_v1_ErrorReason__Output);
  /**
   * Reason of the new refusal, if refused.
   */
  'reason_after'?: (_einmal_broker_v1_ErrorReason__Output);
  /**
   * Attributes that would pass and did not.
   */
  'fields_gained'?: (string)[];
  /**
   * Attributes that passed and would not.
   */
  'fields_lost'?: (string)[];
}

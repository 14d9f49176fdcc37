// Original file: einmal/broker/v1/permission_service.proto

import type { ErrorReason as _einmal_broker_v1_ErrorReason, ErrorReason__Output as _einmal_broker_v1_ErrorReason__Output } from '../../../einmal/broker/v1/ErrorReason.js';
import type { Explanation as _einmal_broker_v1_Explanation, Explanation__Output as _einmal_broker_v1_Explanation__Output } from '../../../einmal/broker/v1/Explanation.js';

/**
 * Response of ExplainPermission.
 */
export interface ExplainPermissionResponse {
  /**
   * Whether it is permitted now.
   */
  'permitted'?: (boolean);
  /**
   * Reason of the refusal, if refused.
   */
  'reason'?: (_einmal_broker_v1_ErrorReason);
  /**
   * Rules that made the decision.
   */
  'rule_ids'?: (string)[];
  /**
   * What is missing, one sentence each.
   */
  'missing'?: (string)[];
  /**
   * The same in detail.
   */
  'explanation'?: (_einmal_broker_v1_Explanation | null);
}

/**
 * Response of ExplainPermission.
 */
export interface ExplainPermissionResponse__Output {
  /**
   * Whether it is permitted now.
   */
  'permitted'?: (boolean);
  /**
   * Reason of the refusal, if refused.
   */
  'reason'?: (_einmal_broker_v1_ErrorReason__Output);
  /**
   * Rules that made the decision.
   */
  'rule_ids'?: (string)[];
  /**
   * What is missing, one sentence each.
   */
  'missing'?: (string)[];
  /**
   * The same in detail.
   */
  'explanation'?: (_einmal_broker_v1_Explanation__Output);
}

// Original file: einmal/broker/v1/consent_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Response of RequestDecision.
 */
export interface RequestDecisionResponse {
  /**
   * Handle for GetDecision.
   */
  'decision_id'?: (string);
  /**
   * Single-use link for the person.
   */
  'link'?: (string);
  /**
   * When the link stops working.
   */
  'expire_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * Response of RequestDecision.
 */
export interface RequestDecisionResponse__Output {
  /**
   * Handle for GetDecision.
   */
  'decision_id'?: (string);
  /**
   * Single-use link for the person.
   */
  'link'?: (string);
  /**
   * When the link stops working.
   */
  'expire_time'?: (_google_protobuf_Timestamp__Output);
}

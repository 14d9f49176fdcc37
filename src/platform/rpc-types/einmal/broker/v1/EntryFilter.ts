// Original file: einmal/broker/v1/transparency_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { ErrorReason as _einmal_broker_v1_ErrorReason, ErrorReason__Output as _einmal_broker_v1_ErrorReason__Output } from '../../../einmal/broker/v1/ErrorReason.js';

/**
 * Filter over clear columns; what is absent matches everything.
 */
export interface EntryFilter {
  /**
   * From this time on.
   */
  'from_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Before this time.
   */
  'to_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Participant that asked.
   */
  'consumer'?: (string);
  /**
   * Register.
   */
  'register'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Outcome.
   */
  'outcome'?: (string);
  /**
   * Reason.
   */
  'reason'?: (_einmal_broker_v1_ErrorReason);
  /**
   * Exchange.
   */
  'exchange_id'?: (string);
}

/**
 * Filter over clear columns; what is absent matches everything.
 */
export interface EntryFilter__Output {
  /**
   * From this time on.
   */
  'from_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Before this time.
   */
  'to_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Participant that asked.
   */
  'consumer'?: (string);
  /**
   * Register.
   */
  'register'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Outcome.
   */
  'outcome'?: (string);
  /**
   * Reason.
   */
  'reason'?: (_einmal_broker_v1_ErrorReason__Output);
  /**
   * Exchange.
   */
  'exchange_id'?: (string);
}

// Original file: einmal/broker/v1/citizen_service.proto

import type { OwnDiscrepancyState as _einmal_broker_v1_OwnDiscrepancyState, OwnDiscrepancyState__Output as _einmal_broker_v1_OwnDiscrepancyState__Output } from '../../../einmal/broker/v1/OwnDiscrepancyState.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Response of GetOwnDiscrepancy.
 */
export interface GetOwnDiscrepancyResponse {
  /**
   * Register that has it.
   */
  'register'?: (string);
  /**
   * Attribute that it is about.
   */
  'attribute'?: (string);
  /**
   * What became of it.
   */
  'state'?: (_einmal_broker_v1_OwnDiscrepancyState);
  /**
   * When the register took it.
   */
  'accept_time'?: (_google_protobuf_Timestamp | null);
  /**
   * When its state changed last.
   */
  'change_time'?: (_google_protobuf_Timestamp | null);
  /**
   * What the register says about it; may be empty.
   */
  'explanation'?: (string);
}

/**
 * Response of GetOwnDiscrepancy.
 */
export interface GetOwnDiscrepancyResponse__Output {
  /**
   * Register that has it.
   */
  'register'?: (string);
  /**
   * Attribute that it is about.
   */
  'attribute'?: (string);
  /**
   * What became of it.
   */
  'state'?: (_einmal_broker_v1_OwnDiscrepancyState__Output);
  /**
   * When the register took it.
   */
  'accept_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * When its state changed last.
   */
  'change_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * What the register says about it; may be empty.
   */
  'explanation'?: (string);
}

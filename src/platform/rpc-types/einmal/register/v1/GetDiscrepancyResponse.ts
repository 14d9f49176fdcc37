// Original file: einmal/register/v1/register_service.proto

import type { DiscrepancyState as _einmal_register_v1_DiscrepancyState, DiscrepancyState__Output as _einmal_register_v1_DiscrepancyState__Output } from '../../../einmal/register/v1/DiscrepancyState.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Response of GetDiscrepancy.
 */
export interface GetDiscrepancyResponse {
  /**
   * What became of it.
   */
  'state'?: (_einmal_register_v1_DiscrepancyState);
  /**
   * When it was taken.
   */
  'accept_time'?: (_google_protobuf_Timestamp | null);
  /**
   * When its state changed last.
   */
  'change_time'?: (_google_protobuf_Timestamp | null);
  /**
   * What the register says about it, for who reported it; may be empty.
   */
  'explanation'?: (string);
}

/**
 * Response of GetDiscrepancy.
 */
export interface GetDiscrepancyResponse__Output {
  /**
   * What became of it.
   */
  'state'?: (_einmal_register_v1_DiscrepancyState__Output);
  /**
   * When it was taken.
   */
  'accept_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * When its state changed last.
   */
  'change_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * What the register says about it, for who reported it; may be empty.
   */
  'explanation'?: (string);
}

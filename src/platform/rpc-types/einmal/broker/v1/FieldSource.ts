// Original file: einmal/broker/v1/prefill_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Provenance of a value.
 */
export interface FieldSource {
  /**
   * Register that vouches for the value.
   */
  'register'?: (string);
  /**
   * Evidence it stands in.
   */
  'evidence_id'?: (string);
  /**
   * Attribute of that evidence.
   */
  'attribute'?: (string);
  /**
   * Moment for which the register vouches for it.
   */
  'as_of_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Level of assurance: `low`, `substantial`, `high`.
   */
  'assurance'?: (string);
}

/**
 * Provenance of a value.
 */
export interface FieldSource__Output {
  /**
   * Register that vouches for the value.
   */
  'register'?: (string);
  /**
   * Evidence it stands in.
   */
  'evidence_id'?: (string);
  /**
   * Attribute of that evidence.
   */
  'attribute'?: (string);
  /**
   * Moment for which the register vouches for it.
   */
  'as_of_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Level of assurance: `low`, `substantial`, `high`.
   */
  'assurance'?: (string);
}

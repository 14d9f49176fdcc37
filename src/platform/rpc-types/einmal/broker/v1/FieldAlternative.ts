// Original file: einmal/broker/v1/prefill_service.proto

import type { FieldSource as _einmal_broker_v1_FieldSource, FieldSource__Output as _einmal_broker_v1_FieldSource__Output } from '../../../einmal/broker/v1/FieldSource.js';

/**
 * A value that another register holds for the same field.
 */
export interface FieldAlternative {
  /**
   * Value as text.
   */
  'value'?: (string);
  /**
   * Where it comes from.
   */
  'source'?: (_einmal_broker_v1_FieldSource | null);
}

/**
 * A value that another register holds for the same field.
 */
export interface FieldAlternative__Output {
  /**
   * Value as text.
   */
  'value'?: (string);
  /**
   * Where it comes from.
   */
  'source'?: (_einmal_broker_v1_FieldSource__Output);
}

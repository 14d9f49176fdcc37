// Original file: einmal/broker/v1/oversight_service.proto

import type { Sample as _einmal_broker_v1_Sample, Sample__Output as _einmal_broker_v1_Sample__Output } from '../../../einmal/broker/v1/Sample.js';

/**
 * Response of DrawSample.
 */
export interface DrawSampleResponse {
  /**
   * The sample as it was drawn.
   */
  'sample'?: (_einmal_broker_v1_Sample | null);
}

/**
 * Response of DrawSample.
 */
export interface DrawSampleResponse__Output {
  /**
   * The sample as it was drawn.
   */
  'sample'?: (_einmal_broker_v1_Sample__Output);
}

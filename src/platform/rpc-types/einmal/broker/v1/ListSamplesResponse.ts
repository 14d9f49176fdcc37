// Original file: einmal/broker/v1/oversight_service.proto

import type { Sample as _einmal_broker_v1_Sample, Sample__Output as _einmal_broker_v1_Sample__Output } from '../../../einmal/broker/v1/Sample.js';

/**
 * Response of ListSamples.
 */
export interface ListSamplesResponse {
  /**
   * Samples, newest first, 100 at most.
   */
  'samples'?: (_einmal_broker_v1_Sample)[];
}

/**
 * Response of ListSamples.
 */
export interface ListSamplesResponse__Output {
  /**
   * Samples, newest first, 100 at most.
   */
  'samples'?: (_einmal_broker_v1_Sample__Output)[];
}

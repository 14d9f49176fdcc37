// Original file: einmal/broker/v1/oversight_service.proto

import type { Sample as _einmal_broker_v1_Sample, Sample__Output as _einmal_broker_v1_Sample__Output } from '../../../einmal/broker/v1/Sample.js';

/**
 * Response of ListSamples.
 */
export interface ListSamplesResponse {
  /**
   * Samples, newest first.
   */
  'samples'?: (_einmal_broker_v1_Sample)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

/**
 * Response of ListSamples.
 */
export interface ListSamplesResponse__Output {
  /**
   * Samples, newest first.
   */
  'samples'?: (_einmal_broker_v1_Sample__Output)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

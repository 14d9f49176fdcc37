// Original file: einmal/broker/v1/oversight_service.proto

import type { Sample as _einmal_broker_v1_Sample, Sample__Output as _einmal_broker_v1_Sample__Output } from '../../../einmal/broker/v1/Sample.js';
import type { SampleItem as _einmal_broker_v1_SampleItem, SampleItem__Output as _einmal_broker_v1_SampleItem__Output } from '../../../einmal/broker/v1/SampleItem.js';
import type { SampleCommitment as _einmal_broker_v1_SampleCommitment, SampleCommitment__Output as _einmal_broker_v1_SampleCommitment__Output } from '../../../einmal/broker/v1/SampleCommitment.js';

/**
 * Response of GetSample.
 */
export interface GetSampleResponse {
  /**
   * The sample.
   */
  'sample'?: (_einmal_broker_v1_Sample | null);
  /**
   * What was drawn, in the order in which it was.
   */
  'items'?: (_einmal_broker_v1_SampleItem)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
  /**
   * What it was committed to, where proofs were asked for; absent before it is drawn and once its entry is erased.
   */
  'commitment'?: (_einmal_broker_v1_SampleCommitment | null);
}

/**
 * Response of GetSample.
 */
export interface GetSampleResponse__Output {
  /**
   * The sample.
   */
  'sample'?: (_einmal_broker_v1_Sample__Output);
  /**
   * What was drawn, in the order in which it was.
   */
  'items'?: (_einmal_broker_v1_SampleItem__Output)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
  /**
   * What it was committed to, where proofs were asked for; absent before it is drawn and once its entry is erased.
   */
  'commitment'?: (_einmal_broker_v1_SampleCommitment__Output);
}

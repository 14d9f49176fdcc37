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
   * What it was committed to, in the tree of the sample's checkpoint. With the first page of a drawn sample where proofs were asked
   * for, as the two below; all three are absent once one of the entries is erased.
   */
  'commitment'?: (_einmal_broker_v1_SampleCommitment | null);
  /**
   * What fixed the cosignatures, in a tree that witnesses cosigned before the draw.
   */
  'fixing'?: (_einmal_broker_v1_SampleCommitment | null);
  /**
   * What told the nonce, in a tree that witnesses cosigned after the draw; LOG_NOT_WITNESSED until they did.
   */
  'reveal'?: (_einmal_broker_v1_SampleCommitment | null);
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
   * What it was committed to, in the tree of the sample's checkpoint. With the first page of a drawn sample where proofs were asked
   * for, as the two below; all three are absent once one of the entries is erased.
   */
  'commitment'?: (_einmal_broker_v1_SampleCommitment__Output);
  /**
   * What fixed the cosignatures, in a tree that witnesses cosigned before the draw.
   */
  'fixing'?: (_einmal_broker_v1_SampleCommitment__Output);
  /**
   * What told the nonce, in a tree that witnesses cosigned after the draw; LOG_NOT_WITNESSED until they did.
   */
  'reveal'?: (_einmal_broker_v1_SampleCommitment__Output);
}

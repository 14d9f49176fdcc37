// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { SampleState as _einmal_broker_v1_SampleState, SampleState__Output as _einmal_broker_v1_SampleState__Output } from '../../../einmal/broker/v1/SampleState.js';
import type { Long } from '@grpc/proto-loader';

/**
 * One sample.
 */
export interface Sample {
  /**
   * Index of the entry that commits to it.
   */
  'log_index'?: (number | string | Long);
  /**
   * SHA-256 of the nonce.
   */
  'nonce_hash'?: (Buffer | Uint8Array | string);
  /**
   * First index of the population.
   */
  'first_index'?: (number | string | Long);
  /**
   * First index after the population.
   */
  'end_index'?: (number | string | Long);
  /**
   * How many retrievals are drawn.
   */
  'size'?: (number);
  /**
   * Pairwise pseudonym of the officer who committed to it.
   */
  'actor'?: (string);
  /**
   * When it was committed to.
   */
  'commit_time'?: (_google_protobuf_Timestamp | null);
  /**
   * The nonce, once it is revealed.
   */
  'nonce'?: (Buffer | Uint8Array | string);
  /**
   * The first checkpoint after the commitment with the cosignatures that steer the draw; empty until an entry fixes it.
   */
  'checkpoint'?: (string);
  /**
   * How far it is.
   */
  'state'?: (_einmal_broker_v1_SampleState);
}

/**
 * One sample.
 */
export interface Sample__Output {
  /**
   * Index of the entry that commits to it.
   */
  'log_index'?: (string);
  /**
   * SHA-256 of the nonce.
   */
  'nonce_hash'?: (Buffer);
  /**
   * First index of the population.
   */
  'first_index'?: (string);
  /**
   * First index after the population.
   */
  'end_index'?: (string);
  /**
   * How many retrievals are drawn.
   */
  'size'?: (number);
  /**
   * Pairwise pseudonym of the officer who committed to it.
   */
  'actor'?: (string);
  /**
   * When it was committed to.
   */
  'commit_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * The nonce, once it is revealed.
   */
  'nonce'?: (Buffer);
  /**
   * The first checkpoint after the commitment with the cosignatures that steer the draw; empty until an entry fixes it.
   */
  'checkpoint'?: (string);
  /**
   * How far it is.
   */
  'state'?: (_einmal_broker_v1_SampleState__Output);
}

// Original file: einmal/broker/v1/oversight_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of RecordSampleFinding.
 */
export interface RecordSampleFindingRequest {
  /**
   * Session token of an officer. Required.
   */
  'session_token'?: (string);
  /**
   * Sample. Required.
   */
  'sample_index'?: (number | string | Long);
  /**
   * Drawn entry. Required.
   */
  'log_index'?: (number | string | Long);
  /**
   * `in_order` or `objection`. Required.
   */
  'finding'?: (string);
  /**
   * Why, 10 to 500 characters; required with an objection.
   */
  'note'?: (string);
}

/**
 * Request of RecordSampleFinding.
 */
export interface RecordSampleFindingRequest__Output {
  /**
   * Session token of an officer. Required.
   */
  'session_token'?: (string);
  /**
   * Sample. Required.
   */
  'sample_index'?: (string);
  /**
   * Drawn entry. Required.
   */
  'log_index'?: (string);
  /**
   * `in_order` or `objection`. Required.
   */
  'finding'?: (string);
  /**
   * Why, 10 to 500 characters; required with an objection.
   */
  'note'?: (string);
}

// Original file: einmal/broker/v1/oversight_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of GetSample.
 */
export interface GetSampleRequest {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Sample. Required.
   */
  'log_index'?: (number | string | Long);
  /**
   * Only what belongs to the sample, without what was passed over.
   */
  'counted_only'?: (boolean);
  /**
   * With the commitment and what proves each index.
   */
  'with_proofs'?: (boolean);
  /**
   * At most this many of what was drawn, 1 to 200; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list of the same session.
   */
  'page_token'?: (string);
}

/**
 * Request of GetSample.
 */
export interface GetSampleRequest__Output {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Sample. Required.
   */
  'log_index'?: (string);
  /**
   * Only what belongs to the sample, without what was passed over.
   */
  'counted_only'?: (boolean);
  /**
   * With the commitment and what proves each index.
   */
  'with_proofs'?: (boolean);
  /**
   * At most this many of what was drawn, 1 to 200; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list of the same session.
   */
  'page_token'?: (string);
}

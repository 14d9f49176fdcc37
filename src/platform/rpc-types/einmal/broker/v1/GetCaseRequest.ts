// Original file: einmal/broker/v1/oversight_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of GetCase.
 */
export interface GetCaseRequest {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Index of the entry that the case is about. Required.
   */
  'log_index'?: (number | string | Long);
  /**
   * At most this many steps, 1 to 200; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list of the same session.
   */
  'page_token'?: (string);
}

/**
 * Request of GetCase.
 */
export interface GetCaseRequest__Output {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Index of the entry that the case is about. Required.
   */
  'log_index'?: (string);
  /**
   * At most this many steps, 1 to 200; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list of the same session.
   */
  'page_token'?: (string);
}

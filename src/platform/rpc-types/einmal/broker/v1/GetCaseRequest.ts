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
}

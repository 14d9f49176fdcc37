// Original file: einmal/broker/v1/transparency_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of IssueReceipt.
 */
export interface IssueReceiptRequest {
  /**
   * Index of the entry. Required.
   */
  'log_index'?: (number | string | Long);
}

/**
 * Request of IssueReceipt.
 */
export interface IssueReceiptRequest__Output {
  /**
   * Index of the entry. Required.
   */
  'log_index'?: (string);
}

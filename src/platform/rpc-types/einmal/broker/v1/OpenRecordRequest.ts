// Original file: einmal/broker/v1/transparency_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of OpenRecord.
 */
export interface OpenRecordRequest {
  /**
   * Entry to open. Required.
   */
  'log_index'?: (number | string | Long);
  /**
   * Why it is opened. Required.
   */
  'reason'?: (string);
  /**
   * File reference of the inspection.
   */
  'file_reference'?: (string);
}

/**
 * Request of OpenRecord.
 */
export interface OpenRecordRequest__Output {
  /**
   * Entry to open. Required.
   */
  'log_index'?: (string);
  /**
   * Why it is opened. Required.
   */
  'reason'?: (string);
  /**
   * File reference of the inspection.
   */
  'file_reference'?: (string);
}

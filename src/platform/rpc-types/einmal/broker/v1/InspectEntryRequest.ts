// Original file: einmal/broker/v1/oversight_service.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Request of InspectEntry.
 */
export interface InspectEntryRequest {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Index of the entry. Required.
   */
  'log_index'?: (number | string | Long);
  /**
   * Why the protected half is opened, 10 to 500 characters; the clear half alone if absent. For officers only.
   */
  'reason'?: (string);
  /**
   * File reference of the inspection. Required with a reason.
   */
  'file_reference'?: (string);
}

/**
 * Request of InspectEntry.
 */
export interface InspectEntryRequest__Output {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Index of the entry. Required.
   */
  'log_index'?: (string);
  /**
   * Why the protected half is opened, 10 to 500 characters; the clear half alone if absent. For officers only.
   */
  'reason'?: (string);
  /**
   * File reference of the inspection. Required with a reason.
   */
  'file_reference'?: (string);
}

// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Request of ListProcessingUse.
 */
export interface ListProcessingUseRequest {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Counts from this time on, rounded down to the hour; a year ago if absent.
   */
  'from_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * Request of ListProcessingUse.
 */
export interface ListProcessingUseRequest__Output {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * Counts from this time on, rounded down to the hour; a year ago if absent.
   */
  'from_time'?: (_google_protobuf_Timestamp__Output);
}

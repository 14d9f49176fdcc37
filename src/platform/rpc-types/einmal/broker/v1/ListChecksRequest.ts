// Original file: einmal/broker/v1/permission_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Request of ListChecks.
 */
export interface ListChecksRequest {
  /**
   * Checks since then. Required.
   */
  'since_time'?: (_google_protobuf_Timestamp | null);
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list.
   */
  'page_token'?: (string);
}

/**
 * Request of ListChecks.
 */
export interface ListChecksRequest__Output {
  /**
   * Checks since then. Required.
   */
  'since_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * At most this many, 1 to 1000; 100 if absent.
   */
  'page_size'?: (number);
  /**
   * Continues an earlier list.
   */
  'page_token'?: (string);
}

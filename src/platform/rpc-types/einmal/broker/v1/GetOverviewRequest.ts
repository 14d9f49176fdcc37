// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Request of GetOverview.
 */
export interface GetOverviewRequest {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * From this time on, rounded down to the hour; 7 days ago if absent.
   */
  'from_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Before this time; now if absent. At most 400 days after `from_time`.
   */
  'to_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * Request of GetOverview.
 */
export interface GetOverviewRequest__Output {
  /**
   * Session token of an officer or auditor. Required.
   */
  'session_token'?: (string);
  /**
   * From this time on, rounded down to the hour; 7 days ago if absent.
   */
  'from_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Before this time; now if absent. At most 400 days after `from_time`.
   */
  'to_time'?: (_google_protobuf_Timestamp__Output);
}

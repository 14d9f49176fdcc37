// Original file: einmal/register/v1/register_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Request of StreamLog.
 */
export interface StreamLogRequest {
  /**
   * From this time on. Required, at most two years ago: older lines may be erased.
   */
  'from_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Before this time. Required, at least 12 seconds ago by the clock of the register: younger lines may still be on
   * their way into the log.
   */
  'to_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * Request of StreamLog.
 */
export interface StreamLogRequest__Output {
  /**
   * From this time on. Required, at most two years ago: older lines may be erased.
   */
  'from_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Before this time. Required, at least 12 seconds ago by the clock of the register: younger lines may still be on
   * their way into the log.
   */
  'to_time'?: (_google_protobuf_Timestamp__Output);
}

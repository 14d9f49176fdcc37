// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Long } from '@grpc/proto-loader';

/**
 * One value of a trend.
 */
export interface TrendPoint {
  /**
   * Beginning of the hour or day.
   */
  'time'?: (_google_protobuf_Timestamp | null);
  /**
   * How often.
   */
  'count'?: (number | string | Long);
}

/**
 * One value of a trend.
 */
export interface TrendPoint__Output {
  /**
   * Beginning of the hour or day.
   */
  'time'?: (_google_protobuf_Timestamp__Output);
  /**
   * How often.
   */
  'count'?: (string);
}

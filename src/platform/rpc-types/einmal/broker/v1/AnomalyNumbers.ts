// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Why something is an anomaly.
 */
export interface AnomalyNumbers {
  /**
   * Consumer that it is about.
   */
  'consumer'?: (string);
  /**
   * Beginning of the time looked at.
   */
  'from_time'?: (_google_protobuf_Timestamp | null);
  /**
   * End of the time looked at.
   */
  'to_time'?: (_google_protobuf_Timestamp | null);
  /**
   * What was counted.
   */
  'observed'?: (number | string);
  /**
   * What was to be expected by the consumer's own history; 0 where a fixed limit counts.
   */
  'expected'?: (number | string);
  /**
   * From which value on it is an anomaly.
   */
  'threshold'?: (number | string);
}

/**
 * Why something is an anomaly.
 */
export interface AnomalyNumbers__Output {
  /**
   * Consumer that it is about.
   */
  'consumer'?: (string);
  /**
   * Beginning of the time looked at.
   */
  'from_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * End of the time looked at.
   */
  'to_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * What was counted.
   */
  'observed'?: (number);
  /**
   * What was to be expected by the consumer's own history; 0 where a fixed limit counts.
   */
  'expected'?: (number);
  /**
   * From which value on it is an anomaly.
   */
  'threshold'?: (number);
}

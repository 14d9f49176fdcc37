// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Long } from '@grpc/proto-loader';

/**
 * How often one consumer used one purpose.
 */
export interface ProcessingUse {
  /**
   * Consumer that asked.
   */
  'consumer'?: (string);
  /**
   * Purpose that it asked for.
   */
  'purpose'?: (string);
  /**
   * Retrievals of evidence that ended since `from_time`, however they ended.
   */
  'retrievals'?: (number | string | Long);
  /**
   * Lookups of persons that ended since `from_time`, however they ended.
   */
  'lookups'?: (number | string | Long);
  /**
   * Hour of the first use that the log still has.
   */
  'first_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Hour of the last use.
   */
  'last_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * How often one consumer used one purpose.
 */
export interface ProcessingUse__Output {
  /**
   * Consumer that asked.
   */
  'consumer'?: (string);
  /**
   * Purpose that it asked for.
   */
  'purpose'?: (string);
  /**
   * Retrievals of evidence that ended since `from_time`, however they ended.
   */
  'retrievals'?: (string);
  /**
   * Lookups of persons that ended since `from_time`, however they ended.
   */
  'lookups'?: (string);
  /**
   * Hour of the first use that the log still has.
   */
  'first_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Hour of the last use.
   */
  'last_time'?: (_google_protobuf_Timestamp__Output);
}

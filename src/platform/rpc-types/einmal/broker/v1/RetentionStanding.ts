// Original file: einmal/broker/v1/oversight_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Long } from '@grpc/proto-loader';

/**
 * How records of one retention class stand to their term.
 */
export interface RetentionStanding {
  /**
   * Class, for example `standard`.
   */
  'retention_class'?: (string);
  /**
   * How long records are kept.
   */
  'months'?: (number);
  /**
   * Moment of the oldest record; absent where there is none.
   */
  'oldest_record_time'?: (_google_protobuf_Timestamp | null);
  /**
   * When the oldest record is past its term; absent where there is none.
   */
  'next_due_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Records that are past their term and not erased yet, 10,000 at most.
   */
  'due_records'?: (number | string | Long);
  /**
   * There are more of them.
   */
  'due_records_more'?: (boolean);
  /**
   * Records that were erased in the period.
   */
  'erased_records'?: (number | string | Long);
}

/**
 * How records of one retention class stand to their term.
 */
export interface RetentionStanding__Output {
  /**
   * Class, for example `standard`.
   */
  'retention_class'?: (string);
  /**
   * How long records are kept.
   */
  'months'?: (number);
  /**
   * Moment of the oldest record; absent where there is none.
   */
  'oldest_record_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * When the oldest record is past its term; absent where there is none.
   */
  'next_due_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Records that are past their term and not erased yet, 10,000 at most.
   */
  'due_records'?: (string);
  /**
   * There are more of them.
   */
  'due_records_more'?: (boolean);
  /**
   * Records that were erased in the period.
   */
  'erased_records'?: (string);
}

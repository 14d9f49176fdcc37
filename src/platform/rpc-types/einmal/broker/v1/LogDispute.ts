// Original file: einmal/broker/v1/transparency_service.proto

import type { LogDisputeKind as _einmal_broker_v1_LogDisputeKind, LogDisputeKind__Output as _einmal_broker_v1_LogDisputeKind__Output } from '../../../einmal/broker/v1/LogDisputeKind.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Long } from '@grpc/proto-loader';

/**
 * One report of a witness.
 */
export interface LogDispute {
  /**
   * What it is.
   */
  'kind'?: (_einmal_broker_v1_LogDisputeKind);
  /**
   * Participant that reported it.
   */
  'witness'?: (string);
  /**
   * Size of the tree that the witness saw, as far as it said so.
   */
  'tree_size'?: (number | string | Long);
  /**
   * Whether the log's own signature proves it; otherwise it is the word of the witness.
   */
  'proven'?: (boolean);
  /**
   * When it was reported.
   */
  'reported_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Index of the entry that records it.
   */
  'log_index'?: (number | string | Long);
  '_log_index'?: "log_index";
}

/**
 * One report of a witness.
 */
export interface LogDispute__Output {
  /**
   * What it is.
   */
  'kind'?: (_einmal_broker_v1_LogDisputeKind__Output);
  /**
   * Participant that reported it.
   */
  'witness'?: (string);
  /**
   * Size of the tree that the witness saw, as far as it said so.
   */
  'tree_size'?: (string);
  /**
   * Whether the log's own signature proves it; otherwise it is the word of the witness.
   */
  'proven'?: (boolean);
  /**
   * When it was reported.
   */
  'reported_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Index of the entry that records it.
   */
  'log_index'?: (string);
  '_log_index'?: "log_index";
}

// Original file: einmal/broker/v1/transparency_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { ErrorReason as _einmal_broker_v1_ErrorReason, ErrorReason__Output as _einmal_broker_v1_ErrorReason__Output } from '../../../einmal/broker/v1/ErrorReason.js';
import type { Long } from '@grpc/proto-loader';

/**
 * Clear columns of one entry.
 */
export interface LogEntry {
  /**
   * Index from 0.
   */
  'log_index'?: (number | string | Long);
  /**
   * When it was logged.
   */
  'log_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Kind of event, for example `retrieval.closed`.
   */
  'event'?: (string);
  /**
   * Exchange, as the caller knows it.
   */
  'exchange_id'?: (string);
  /**
   * Participant that asked.
   */
  'consumer'?: (string);
  /**
   * Register concerned.
   */
  'register'?: (string);
  /**
   * Evidence type concerned.
   */
  'evidence_type'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Outcome, for example `released`.
   */
  'outcome'?: (string);
  /**
   * Reason the caller saw.
   */
  'reason'?: (_einmal_broker_v1_ErrorReason);
  /**
   * The leaf.
   */
  'leaf'?: (Buffer | Uint8Array | string);
}

/**
 * Clear columns of one entry.
 */
export interface LogEntry__Output {
  /**
   * Index from 0.
   */
  'log_index'?: (string);
  /**
   * When it was logged.
   */
  'log_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Kind of event, for example `retrieval.closed`.
   */
  'event'?: (string);
  /**
   * Exchange, as the caller knows it.
   */
  'exchange_id'?: (string);
  /**
   * Participant that asked.
   */
  'consumer'?: (string);
  /**
   * Register concerned.
   */
  'register'?: (string);
  /**
   * Evidence type concerned.
   */
  'evidence_type'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Outcome, for example `released`.
   */
  'outcome'?: (string);
  /**
   * Reason the caller saw.
   */
  'reason'?: (_einmal_broker_v1_ErrorReason__Output);
  /**
   * The leaf.
   */
  'leaf'?: (Buffer);
}

// Original file: einmal/broker/v1/transparency_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { ErrorReason as _einmal_broker_v1_ErrorReason, ErrorReason__Output as _einmal_broker_v1_ErrorReason__Output } from '../../../einmal/broker/v1/ErrorReason.js';
import type { PersonCapacity as _einmal_broker_v1_PersonCapacity, PersonCapacity__Output as _einmal_broker_v1_PersonCapacity__Output } from '../../../einmal/broker/v1/PersonCapacity.js';
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
  /**
   * In which capacities the entry names the person searched for; in ListSubjectEntries only.
   */
  'capacities'?: (_einmal_broker_v1_PersonCapacity)[];
  /**
   * From when on the person is told of an authority's look for them, where that is later; for officers in ListSubjectEntries only.
   */
  'told_from_time'?: (_google_protobuf_Timestamp | null);
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
  /**
   * In which capacities the entry names the person searched for; in ListSubjectEntries only.
   */
  'capacities'?: (_einmal_broker_v1_PersonCapacity__Output)[];
  /**
   * From when on the person is told of an authority's look for them, where that is later; for officers in ListSubjectEntries only.
   */
  'told_from_time'?: (_google_protobuf_Timestamp__Output);
}

// Original file: einmal/register/v1/register_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Long } from '@grpc/proto-loader';

/**
 * One line of a register's own log.
 */
export interface RegisterLogEntry {
  /**
   * Number in this register's log.
   */
  'sequence'?: (number | string | Long);
  /**
   * Identifier of the retrieval; empty where the request was too broken to name one.
   */
  'retrieval_id'?: (string);
  /**
   * When it was logged, by the clock of the register.
   */
  'log_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Participant for which it was; this and the next two are empty where the register's catalogue did not have what was named.
   */
  'consumer'?: (string);
  /**
   * Evidence type.
   */
  'evidence_type'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Outcome: `answered`, `repeated`, `refused`, `failed`, `deferred`.
   */
  'outcome'?: (string);
  /**
   * Reason given to the caller.
   */
  'reason'?: (string);
  /**
   * Names of the attributes that were given; in ListSubjectEntries only, as are the two below.
   */
  'attributes'?: (string)[];
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * What it is about: `exchange`, `subject-read` (the person asked for this list) or `discrepancy` (a report).
   */
  'event'?: (string);
}

/**
 * One line of a register's own log.
 */
export interface RegisterLogEntry__Output {
  /**
   * Number in this register's log.
   */
  'sequence'?: (string);
  /**
   * Identifier of the retrieval; empty where the request was too broken to name one.
   */
  'retrieval_id'?: (string);
  /**
   * When it was logged, by the clock of the register.
   */
  'log_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Participant for which it was; this and the next two are empty where the register's catalogue did not have what was named.
   */
  'consumer'?: (string);
  /**
   * Evidence type.
   */
  'evidence_type'?: (string);
  /**
   * Purpose.
   */
  'purpose'?: (string);
  /**
   * Outcome: `answered`, `repeated`, `refused`, `failed`, `deferred`.
   */
  'outcome'?: (string);
  /**
   * Reason given to the caller.
   */
  'reason'?: (string);
  /**
   * Names of the attributes that were given; in ListSubjectEntries only, as are the two below.
   */
  'attributes'?: (string)[];
  /**
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * What it is about: `exchange`, `subject-read` (the person asked for this list) or `discrepancy` (a report).
   */
  'event'?: (string);
}

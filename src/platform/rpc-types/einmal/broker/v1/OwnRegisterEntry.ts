// Original file: einmal/broker/v1/citizen_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * One line of a register's own log about the person.
 */
export interface OwnRegisterEntry {
  /**
   * When it was logged, by the clock of the register.
   */
  'log_time'?: (_google_protobuf_Timestamp | null);
  /**
   * What it is about: `exchange`, `subject-read` or `discrepancy`.
   */
  'event'?: (string);
  /**
   * Participant for which it was.
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
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Outcome: `answered`, `repeated`, `refused`, `failed`, `deferred`.
   */
  'outcome'?: (string);
  /**
   * Reason given to the caller; empty if it was answered.
   */
  'reason'?: (string);
  /**
   * Names of the attributes that were given.
   */
  'attributes'?: (string)[];
}

/**
 * One line of a register's own log about the person.
 */
export interface OwnRegisterEntry__Output {
  /**
   * When it was logged, by the clock of the register.
   */
  'log_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * What it is about: `exchange`, `subject-read` or `discrepancy`.
   */
  'event'?: (string);
  /**
   * Participant for which it was.
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
   * Legal basis.
   */
  'legal_basis'?: (string);
  /**
   * Outcome: `answered`, `repeated`, `refused`, `failed`, `deferred`.
   */
  'outcome'?: (string);
  /**
   * Reason given to the caller; empty if it was answered.
   */
  'reason'?: (string);
  /**
   * Names of the attributes that were given.
   */
  'attributes'?: (string)[];
}

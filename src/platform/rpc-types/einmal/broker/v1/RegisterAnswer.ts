// Original file: einmal/broker/v1/citizen_service.proto

import type { RegisterAnswerState as _einmal_broker_v1_RegisterAnswerState, RegisterAnswerState__Output as _einmal_broker_v1_RegisterAnswerState__Output } from '../../../einmal/broker/v1/RegisterAnswerState.js';
import type { NotAskedReason as _einmal_broker_v1_NotAskedReason, NotAskedReason__Output as _einmal_broker_v1_NotAskedReason__Output } from '../../../einmal/broker/v1/NotAskedReason.js';
import type { OwnRegisterEntry as _einmal_broker_v1_OwnRegisterEntry, OwnRegisterEntry__Output as _einmal_broker_v1_OwnRegisterEntry__Output } from '../../../einmal/broker/v1/OwnRegisterEntry.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * What one register answered.
 */
export interface RegisterAnswer {
  /**
   * Register of the catalogue.
   */
  'register'?: (string);
  /**
   * How it answered.
   */
  'state'?: (_einmal_broker_v1_RegisterAnswerState);
  /**
   * Why it was not asked.
   */
  'not_asked'?: (_einmal_broker_v1_NotAskedReason);
  /**
   * Entries, newest first.
   */
  'entries'?: (_einmal_broker_v1_OwnRegisterEntry)[];
  /**
   * How far back its log reaches. Absent for an empty log, and where it did not answer.
   */
  'reaches_back_to_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Continues the list of this register; empty at its end.
   */
  'next_page_token'?: (string);
  /**
   * How long it took, milliseconds.
   */
  'elapsed_ms'?: (number);
}

/**
 * What one register answered.
 */
export interface RegisterAnswer__Output {
  /**
   * Register of the catalogue.
   */
  'register'?: (string);
  /**
   * How it answered.
   */
  'state'?: (_einmal_broker_v1_RegisterAnswerState__Output);
  /**
   * Why it was not asked.
   */
  'not_asked'?: (_einmal_broker_v1_NotAskedReason__Output);
  /**
   * Entries, newest first.
   */
  'entries'?: (_einmal_broker_v1_OwnRegisterEntry__Output)[];
  /**
   * How far back its log reaches. Absent for an empty log, and where it did not answer.
   */
  'reaches_back_to_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Continues the list of this register; empty at its end.
   */
  'next_page_token'?: (string);
  /**
   * How long it took, milliseconds.
   */
  'elapsed_ms'?: (number);
}

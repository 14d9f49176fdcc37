// Original file: einmal/broker/v1/oversight_service.proto

import type { LogEntry as _einmal_broker_v1_LogEntry, LogEntry__Output as _einmal_broker_v1_LogEntry__Output } from '../../../einmal/broker/v1/LogEntry.js';
import type { Long } from '@grpc/proto-loader';

/**
 * Somebody looked at something.
 */
export interface Read {
  /**
   * The entry.
   */
  'entry'?: (_einmal_broker_v1_LogEntry | null);
  /**
   * Who looked: a participant, or the pairwise pseudonym of a person at the pages.
   */
  'actor'?: (string);
  /**
   * Role of a person in their session, for example `officer`.
   */
  'role'?: (string);
  /**
   * What was looked at, for example `overview`; empty for what the kind of event says.
   */
  'view'?: (string);
  /**
   * Whether it was the caller.
   */
  'own'?: (boolean);
  /**
   * Why, as far as it was said.
   */
  'reason'?: (string);
  /**
   * Under which file reference.
   */
  'file_reference'?: (string);
  /**
   * Index of the entry that was opened.
   */
  'opened_index'?: (number | string | Long);
  '_opened_index'?: "opened_index";
}

/**
 * Somebody looked at something.
 */
export interface Read__Output {
  /**
   * The entry.
   */
  'entry'?: (_einmal_broker_v1_LogEntry__Output);
  /**
   * Who looked: a participant, or the pairwise pseudonym of a person at the pages.
   */
  'actor'?: (string);
  /**
   * Role of a person in their session, for example `officer`.
   */
  'role'?: (string);
  /**
   * What was looked at, for example `overview`; empty for what the kind of event says.
   */
  'view'?: (string);
  /**
   * Whether it was the caller.
   */
  'own'?: (boolean);
  /**
   * Why, as far as it was said.
   */
  'reason'?: (string);
  /**
   * Under which file reference.
   */
  'file_reference'?: (string);
  /**
   * Index of the entry that was opened.
   */
  'opened_index'?: (string);
  '_opened_index'?: "opened_index";
}

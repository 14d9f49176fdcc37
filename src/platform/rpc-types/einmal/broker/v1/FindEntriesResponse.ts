// Original file: einmal/broker/v1/oversight_service.proto

import type { LogEntry as _einmal_broker_v1_LogEntry, LogEntry__Output as _einmal_broker_v1_LogEntry__Output } from '../../../einmal/broker/v1/LogEntry.js';

/**
 * Response of FindEntries.
 */
export interface FindEntriesResponse {
  /**
   * Entries, newest first.
   */
  'entries'?: (_einmal_broker_v1_LogEntry)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

/**
 * Response of FindEntries.
 */
export interface FindEntriesResponse__Output {
  /**
   * Entries, newest first.
   */
  'entries'?: (_einmal_broker_v1_LogEntry__Output)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

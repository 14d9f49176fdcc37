// Original file: einmal/broker/v1/transparency_service.proto

import type { LogEntry as _einmal_broker_v1_LogEntry, LogEntry__Output as _einmal_broker_v1_LogEntry__Output } from '../../../einmal/broker/v1/LogEntry.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Response of ListSubjectEntries.
 */
export interface ListSubjectEntriesResponse {
  /**
   * Entries about the person, newest first.
   */
  'entries'?: (_einmal_broker_v1_LogEntry)[];
  /**
   * How far back the log reaches.
   */
  'reaches_back_to_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

/**
 * Response of ListSubjectEntries.
 */
export interface ListSubjectEntriesResponse__Output {
  /**
   * Entries about the person, newest first.
   */
  'entries'?: (_einmal_broker_v1_LogEntry__Output)[];
  /**
   * How far back the log reaches.
   */
  'reaches_back_to_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

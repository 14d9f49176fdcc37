// Original file: einmal/register/v1/register_service.proto

import type { RegisterLogEntry as _einmal_register_v1_RegisterLogEntry, RegisterLogEntry__Output as _einmal_register_v1_RegisterLogEntry__Output } from '../../../einmal/register/v1/RegisterLogEntry.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Response of ListSubjectEntries.
 */
export interface ListSubjectEntriesResponse {
  /**
   * Entries about the person, newest first.
   */
  'entries'?: (_einmal_register_v1_RegisterLogEntry)[];
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
  'entries'?: (_einmal_register_v1_RegisterLogEntry__Output)[];
  /**
   * How far back the log reaches.
   */
  'reaches_back_to_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
}

// Original file: einmal/broker/v1/transparency_service.proto

import type { LogEntry as _einmal_broker_v1_LogEntry, LogEntry__Output as _einmal_broker_v1_LogEntry__Output } from '../../../einmal/broker/v1/LogEntry.js';

/**
 * Response of OpenRecord.
 */
export interface OpenRecordResponse {
  /**
   * Clear columns.
   */
  'entry'?: (_einmal_broker_v1_LogEntry | null);
  /**
   * The caller's half, RFC 8785 form.
   */
  'caller'?: (string);
  /**
   * The protected half, RFC 8785 form.
   */
  'protected'?: (string);
  /**
   * Salt of the caller's half.
   */
  'caller_salt'?: (Buffer | Uint8Array | string);
  /**
   * Salt of the protected half.
   */
  'protected_salt'?: (Buffer | Uint8Array | string);
}

/**
 * Response of OpenRecord.
 */
export interface OpenRecordResponse__Output {
  /**
   * Clear columns.
   */
  'entry'?: (_einmal_broker_v1_LogEntry__Output);
  /**
   * The caller's half, RFC 8785 form.
   */
  'caller'?: (string);
  /**
   * The protected half, RFC 8785 form.
   */
  'protected'?: (string);
  /**
   * Salt of the caller's half.
   */
  'caller_salt'?: (Buffer);
  /**
   * Salt of the protected half.
   */
  'protected_salt'?: (Buffer);
}

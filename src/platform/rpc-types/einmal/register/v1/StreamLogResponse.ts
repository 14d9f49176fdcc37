// Original file: einmal/register/v1/register_service.proto

import type { RegisterLogEntry as _einmal_register_v1_RegisterLogEntry, RegisterLogEntry__Output as _einmal_register_v1_RegisterLogEntry__Output } from '../../../einmal/register/v1/RegisterLogEntry.js';

/**
 * Response of StreamLog.
 */
export interface StreamLogResponse {
  /**
   * One entry.
   */
  'entry'?: (_einmal_register_v1_RegisterLogEntry | null);
}

/**
 * Response of StreamLog.
 */
export interface StreamLogResponse__Output {
  /**
   * One entry.
   */
  'entry'?: (_einmal_register_v1_RegisterLogEntry__Output);
}

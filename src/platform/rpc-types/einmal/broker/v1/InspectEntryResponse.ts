// Original file: einmal/broker/v1/oversight_service.proto

import type { LogEntry as _einmal_broker_v1_LogEntry, LogEntry__Output as _einmal_broker_v1_LogEntry__Output } from '../../../einmal/broker/v1/LogEntry.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';
import type { DecidingRule as _einmal_broker_v1_DecidingRule, DecidingRule__Output as _einmal_broker_v1_DecidingRule__Output } from '../../../einmal/broker/v1/DecidingRule.js';

/**
 * Response of InspectEntry.
 */
export interface InspectEntryResponse {
  /**
   * Clear columns.
   */
  'entry'?: (_einmal_broker_v1_LogEntry | null);
  /**
   * The caller's half, RFC 8785 form.
   */
  'caller'?: (string);
  /**
   * The protected half, RFC 8785 form; absent without a reason.
   */
  'protected'?: (string);
  /**
   * Salt of the protected half.
   */
  'protected_salt'?: (Buffer | Uint8Array | string);
  /**
   * Inclusion in the newest tree, verified by the node before it is given.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
  /**
   * Rules that permitted or refused it; with the protected half only.
   */
  'rules'?: (_einmal_broker_v1_DecidingRule)[];
  /**
   * Entries of the same retrieval, else of the same exchange, else about the same decision, oldest first.
   */
  'related'?: (_einmal_broker_v1_LogEntry)[];
  '_protected'?: "protected";
}

/**
 * Response of InspectEntry.
 */
export interface InspectEntryResponse__Output {
  /**
   * Clear columns.
   */
  'entry'?: (_einmal_broker_v1_LogEntry__Output);
  /**
   * The caller's half, RFC 8785 form.
   */
  'caller'?: (string);
  /**
   * The protected half, RFC 8785 form; absent without a reason.
   */
  'protected'?: (string);
  /**
   * Salt of the protected half.
   */
  'protected_salt'?: (Buffer);
  /**
   * Inclusion in the newest tree, verified by the node before it is given.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
  /**
   * Rules that permitted or refused it; with the protected half only.
   */
  'rules'?: (_einmal_broker_v1_DecidingRule__Output)[];
  /**
   * Entries of the same retrieval, else of the same exchange, else about the same decision, oldest first.
   */
  'related'?: (_einmal_broker_v1_LogEntry__Output)[];
  '_protected'?: "protected";
}

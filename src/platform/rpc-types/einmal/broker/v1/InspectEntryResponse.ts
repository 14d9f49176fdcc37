// Original file: einmal/broker/v1/oversight_service.proto

import type { LogEntry as _einmal_broker_v1_LogEntry, LogEntry__Output as _einmal_broker_v1_LogEntry__Output } from '../../../einmal/broker/v1/LogEntry.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';
import type { DecidingRule as _einmal_broker_v1_DecidingRule, DecidingRule__Output as _einmal_broker_v1_DecidingRule__Output } from '../../../einmal/broker/v1/DecidingRule.js';
import type { OtherSide as _einmal_broker_v1_OtherSide, OtherSide__Output as _einmal_broker_v1_OtherSide__Output } from '../../../einmal/broker/v1/OtherSide.js';

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
   * Rules that permitted or refused it, also as the opening of the same retrieval names them; with the protected half only.
   */
  'rules'?: (_einmal_broker_v1_DecidingRule)[];
  /**
   * Entries of the same retrieval, else of the same exchange, else about the same decision, oldest first.
   */
  'related'?: (_einmal_broker_v1_LogEntry)[];
  /**
   * Of a retrieval, with the protected half only: what the register has about it. The register puts the question on record.
   */
  'other_side'?: (_einmal_broker_v1_OtherSide | null);
  /**
   * The entry of the decision that it rests on, where there is one.
   */
  'trigger'?: (_einmal_broker_v1_LogEntry | null);
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
   * Rules that permitted or refused it, also as the opening of the same retrieval names them; with the protected half only.
   */
  'rules'?: (_einmal_broker_v1_DecidingRule__Output)[];
  /**
   * Entries of the same retrieval, else of the same exchange, else about the same decision, oldest first.
   */
  'related'?: (_einmal_broker_v1_LogEntry__Output)[];
  /**
   * Of a retrieval, with the protected half only: what the register has about it. The register puts the question on record.
   */
  'other_side'?: (_einmal_broker_v1_OtherSide__Output);
  /**
   * The entry of the decision that it rests on, where there is one.
   */
  'trigger'?: (_einmal_broker_v1_LogEntry__Output);
  '_protected'?: "protected";
}

// Original file: einmal/broker/v1/prefill_service.proto

import type { ExchangeState as _einmal_broker_v1_ExchangeState, ExchangeState__Output as _einmal_broker_v1_ExchangeState__Output } from '../../../einmal/broker/v1/ExchangeState.js';
import type { FormField as _einmal_broker_v1_FormField, FormField__Output as _einmal_broker_v1_FormField__Output } from '../../../einmal/broker/v1/FormField.js';
import type { NotDelivered as _einmal_broker_v1_NotDelivered, NotDelivered__Output as _einmal_broker_v1_NotDelivered__Output } from '../../../einmal/broker/v1/NotDelivered.js';
import type { Evidence as _einmal_broker_v1_Evidence, Evidence__Output as _einmal_broker_v1_Evidence__Output } from '../../../einmal/broker/v1/Evidence.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * Response of PrefillForm.
 */
export interface PrefillFormResponse {
  /**
   * Identifier of the exchange for this caller.
   */
  'exchange_id'?: (string);
  /**
   * State of the exchange.
   */
  'state'?: (_einmal_broker_v1_ExchangeState);
  /**
   * Filled fields.
   */
  'fields'?: (_einmal_broker_v1_FormField)[];
  /**
   * What was asked for and not delivered, with the reason.
   */
  'not_delivered'?: (_einmal_broker_v1_NotDelivered)[];
  /**
   * The evidence behind the fields.
   */
  'evidence'?: (_einmal_broker_v1_Evidence)[];
  /**
   * Receipt of the summary entry, whose digest covers fields, evidence and what is missing.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
  /**
   * Salt of that digest, 32 bytes.
   */
  'release_salt'?: (Buffer | Uint8Array | string);
}

/**
 * Response of PrefillForm.
 */
export interface PrefillFormResponse__Output {
  /**
   * Identifier of the exchange for this caller.
   */
  'exchange_id'?: (string);
  /**
   * State of the exchange.
   */
  'state'?: (_einmal_broker_v1_ExchangeState__Output);
  /**
   * Filled fields.
   */
  'fields'?: (_einmal_broker_v1_FormField__Output)[];
  /**
   * What was asked for and not delivered, with the reason.
   */
  'not_delivered'?: (_einmal_broker_v1_NotDelivered__Output)[];
  /**
   * The evidence behind the fields.
   */
  'evidence'?: (_einmal_broker_v1_Evidence__Output)[];
  /**
   * Receipt of the summary entry, whose digest covers fields, evidence and what is missing.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
  /**
   * Salt of that digest, 32 bytes.
   */
  'release_salt'?: (Buffer);
}

// Original file: einmal/broker/v1/evidence_service.proto

import type { ExchangeState as _einmal_broker_v1_ExchangeState, ExchangeState__Output as _einmal_broker_v1_ExchangeState__Output } from '../../../einmal/broker/v1/ExchangeState.js';
import type { Evidence as _einmal_broker_v1_Evidence, Evidence__Output as _einmal_broker_v1_Evidence__Output } from '../../../einmal/broker/v1/Evidence.js';
import type { NotDelivered as _einmal_broker_v1_NotDelivered, NotDelivered__Output as _einmal_broker_v1_NotDelivered__Output } from '../../../einmal/broker/v1/NotDelivered.js';
import type { FormField as _einmal_broker_v1_FormField, FormField__Output as _einmal_broker_v1_FormField__Output } from '../../../einmal/broker/v1/FormField.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';
import type { OwnStatements as _einmal_broker_v1_OwnStatements, OwnStatements__Output as _einmal_broker_v1_OwnStatements__Output } from '../../../einmal/broker/v1/OwnStatements.js';

/**
 * Response of DecideRelease.
 */
export interface DecideReleaseResponse {
  /**
   * State of the exchange.
   */
  'state'?: (_einmal_broker_v1_ExchangeState);
  /**
   * What was released.
   */
  'evidence'?: (_einmal_broker_v1_Evidence)[];
  /**
   * What was not.
   */
  'not_delivered'?: (_einmal_broker_v1_NotDelivered)[];
  /**
   * Form fields, if the exchange was a prefill.
   */
  'fields'?: (_einmal_broker_v1_FormField)[];
  /**
   * Receipt of the summary entry.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
  /**
   * Salt of its release digest, 32 bytes.
   */
  'release_salt'?: (Buffer | Uint8Array | string);
  /**
   * What the person states themself beside it; absent where they state nothing. Never part of a field or of evidence.
   */
  'own_statements'?: (_einmal_broker_v1_OwnStatements | null);
}

/**
 * Response of DecideRelease.
 */
export interface DecideReleaseResponse__Output {
  /**
   * State of the exchange.
   */
  'state'?: (_einmal_broker_v1_ExchangeState__Output);
  /**
   * What was released.
   */
  'evidence'?: (_einmal_broker_v1_Evidence__Output)[];
  /**
   * What was not.
   */
  'not_delivered'?: (_einmal_broker_v1_NotDelivered__Output)[];
  /**
   * Form fields, if the exchange was a prefill.
   */
  'fields'?: (_einmal_broker_v1_FormField__Output)[];
  /**
   * Receipt of the summary entry.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
  /**
   * Salt of its release digest, 32 bytes.
   */
  'release_salt'?: (Buffer);
  /**
   * What the person states themself beside it; absent where they state nothing. Never part of a field or of evidence.
   */
  'own_statements'?: (_einmal_broker_v1_OwnStatements__Output);
}

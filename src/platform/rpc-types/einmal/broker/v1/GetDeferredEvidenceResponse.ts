// Original file: einmal/broker/v1/evidence_service.proto

import type { ExchangeState as _einmal_broker_v1_ExchangeState, ExchangeState__Output as _einmal_broker_v1_ExchangeState__Output } from '../../../einmal/broker/v1/ExchangeState.js';
import type { Evidence as _einmal_broker_v1_Evidence, Evidence__Output as _einmal_broker_v1_Evidence__Output } from '../../../einmal/broker/v1/Evidence.js';
import type { NotDelivered as _einmal_broker_v1_NotDelivered, NotDelivered__Output as _einmal_broker_v1_NotDelivered__Output } from '../../../einmal/broker/v1/NotDelivered.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';
import type { FormField as _einmal_broker_v1_FormField, FormField__Output as _einmal_broker_v1_FormField__Output } from '../../../einmal/broker/v1/FormField.js';

/**
 * Response of GetDeferredEvidence.
 */
export interface GetDeferredEvidenceResponse {
  /**
   * State of the exchange.
   */
  'state'?: (_einmal_broker_v1_ExchangeState);
  /**
   * What has become available.
   */
  'evidence'?: (_einmal_broker_v1_Evidence)[];
  /**
   * What is still missing.
   */
  'not_delivered'?: (_einmal_broker_v1_NotDelivered)[];
  /**
   * Receipt of the summary entry, whose digest covers everything in this answer; absent where nothing has come.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
  /**
   * Form fields, if the exchange was a prefill.
   */
  'fields'?: (_einmal_broker_v1_FormField)[];
  /**
   * Salt of that digest, 32 bytes.
   */
  'release_salt'?: (Buffer | Uint8Array | string);
}

/**
 * Response of GetDeferredEvidence.
 */
export interface GetDeferredEvidenceResponse__Output {
  /**
   * State of the exchange.
   */
  'state'?: (_einmal_broker_v1_ExchangeState__Output);
  /**
   * What has become available.
   */
  'evidence'?: (_einmal_broker_v1_Evidence__Output)[];
  /**
   * What is still missing.
   */
  'not_delivered'?: (_einmal_broker_v1_NotDelivered__Output)[];
  /**
   * Receipt of the summary entry, whose digest covers everything in this answer; absent where nothing has come.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
  /**
   * Form fields, if the exchange was a prefill.
   */
  'fields'?: (_einmal_broker_v1_FormField__Output)[];
  /**
   * Salt of that digest, 32 bytes.
   */
  'release_salt'?: (Buffer);
}

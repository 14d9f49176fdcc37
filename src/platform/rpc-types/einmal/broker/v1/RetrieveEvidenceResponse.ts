// Original file: einmal/broker/v1/evidence_service.proto

import type { ExchangeState as _einmal_broker_v1_ExchangeState, ExchangeState__Output as _einmal_broker_v1_ExchangeState__Output } from '../../../einmal/broker/v1/ExchangeState.js';
import type { Evidence as _einmal_broker_v1_Evidence, Evidence__Output as _einmal_broker_v1_Evidence__Output } from '../../../einmal/broker/v1/Evidence.js';
import type { NotDelivered as _einmal_broker_v1_NotDelivered, NotDelivered__Output as _einmal_broker_v1_NotDelivered__Output } from '../../../einmal/broker/v1/NotDelivered.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * Response of RetrieveEvidence.
 */
export interface RetrieveEvidenceResponse {
  /**
   * Identifier of the exchange for this caller.
   */
  'exchange_id'?: (string);
  /**
   * State of the exchange.
   */
  'state'?: (_einmal_broker_v1_ExchangeState);
  /**
   * What was delivered.
   */
  'evidence'?: (_einmal_broker_v1_Evidence)[];
  /**
   * What was not, and why.
   */
  'not_delivered'?: (_einmal_broker_v1_NotDelivered)[];
  /**
   * Receipt of the summary entry, whose digest covers everything in this answer.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
  /**
   * Salt of that digest, 32 bytes.
   */
  'release_salt'?: (Buffer | Uint8Array | string);
}

/**
 * Response of RetrieveEvidence.
 */
export interface RetrieveEvidenceResponse__Output {
  /**
   * Identifier of the exchange for this caller.
   */
  'exchange_id'?: (string);
  /**
   * State of the exchange.
   */
  'state'?: (_einmal_broker_v1_ExchangeState__Output);
  /**
   * What was delivered.
   */
  'evidence'?: (_einmal_broker_v1_Evidence__Output)[];
  /**
   * What was not, and why.
   */
  'not_delivered'?: (_einmal_broker_v1_NotDelivered__Output)[];
  /**
   * Receipt of the summary entry, whose digest covers everything in this answer.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
  /**
   * Salt of that digest, 32 bytes.
   */
  'release_salt'?: (Buffer);
}

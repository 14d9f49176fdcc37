// Original file: einmal/broker/v1/evidence_service.proto

import type { ExchangeState as _einmal_broker_v1_ExchangeState, ExchangeState__Output as _einmal_broker_v1_ExchangeState__Output } from '../../../einmal/broker/v1/ExchangeState.js';
import type { Evidence as _einmal_broker_v1_Evidence, Evidence__Output as _einmal_broker_v1_Evidence__Output } from '../../../einmal/broker/v1/Evidence.js';
import type { NotDelivered as _einmal_broker_v1_NotDelivered, NotDelivered__Output as _einmal_broker_v1_NotDelivered__Output } from '../../../einmal/broker/v1/NotDelivered.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

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
   * Receipt of the summary entry.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
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
   * Receipt of the summary entry.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
}
